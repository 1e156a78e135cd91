// The page in a real browser: what it shows, what its filters and keys do, what it asks of the network, and what axe
// has to say against it. In: the browser, the page's file, a folder for pictures. Out, as JSON: what was seen.
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import { pathToFileURL } from "node:url";

const [executablePath, file, pictures] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
const seen = { complaints: [], requests: [], pictures: [] };
try {
  const page = await browser.newPage();
  page.on("console", (message) => seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.setViewport({ width: 1400, height: 1000 });
  await page.goto(pathToFileURL(file).href);

  const shown = () =>
    page.evaluate(() => ({
      findings: [...document.querySelectorAll(".finding")].filter((one) => one.checkVisibility()).length,
      groups: [...document.querySelectorAll(".group")]
        .filter((one) => one.checkVisibility())
        .map((one) => one.querySelector("h2").innerText.replace(/\s+/g, " ").trim()),
      said: document.querySelector("#filters output")?.textContent ?? null,
    }));
  seen.first = await shown();

  if (seen.first.said !== null) {
    seen.filters = {};
    for (const name of ["rule", "function"]) {
      const values = await page.$$eval(`select[name=${name}] option`, (all) => all.map((one) => one.value));
      seen.filters[name] = {};
      for (const value of values.slice(1)) {
        await page.select(`select[name=${name}]`, value);
        seen.filters[name][value] = await shown();
      }
      await page.click("#clear");
    }
    seen.filters.severity = {};
    for (const severity of await page.$$eval("input[name=severity]", (all) => all.map((one) => one.value))) {
      const box = `input[name=severity][value=${severity}]`;
      await page.click(box);
      seen.filters.severity[severity] = await shown(); // without it
      await page.click(box);
    }
    seen.grouped = {};
    for (const by of ["rule", "file", "function"]) {
      await page.select("select[name=group]", by);
      seen.grouped[by] = await shown();
    }
    const row = ".overview th button";
    await page.click(row);
    seen.row = { ...(await shown()), pressed: await page.$eval(row, (one) => one.getAttribute("aria-pressed")) };
    await page.click(row);

    // By keys alone.
    await page.focus("body");
    await page.keyboard.press("/");
    await page.keyboard.type("no finding says this");
    seen.nothing = { ...(await shown()), told: await page.$eval(".nothing", (one) => one.checkVisibility()) };
    await page.keyboard.press("Escape");
    seen.cleared = await shown();

    // Esc: the field that has the focus, and all where there is nothing in it.
    await page.select("select[name=group]", "rule");
    await page.select("select[name=rule]", await page.$eval("select[name=rule] option:nth-child(2)", (one) => one.value));
    await page.type("input[name=text]", "no finding says this");
    const values = () => page.$$eval("#filters select, #filters input[type=search]", (all) => all.map((one) => one.value));
    seen.escape = [await values()];
    for (let times = 0; times < 2; times++) {
      await page.keyboard.press("Escape");
      seen.escape.push(await values());
    }
    await page.focus("select[name=function]");
    await page.select("select[name=function]", await page.$eval("select[name=function] option:last-child", (one) => one.value));
    await page.keyboard.press("Escape");
    seen.escape.push(await values());

    // The filters stand in the address, and come of it; a link to a finding that they hide takes them away.
    const box = "input[name=severity]";
    await page.click(".overview:last-of-type th[data-filter=file] button");
    await page.click(box);
    await page.type("input[name=text]", "e");
    // of the page itself: what the driver says of its address comes a little later
    const address = () => page.evaluate(() => location.href);
    seen.sent = { address: await address(), shown: await shown() };
    const other = await browser.newPage();
    await other.goto(seen.sent.address);
    seen.sent.came = await other.$eval("#filters output", (one) => one.textContent);
    seen.sent.values = await other.$$eval("#filters input", (all) => all.map((one) => (one.type === "search" ? one.value : one.checked)));
    await other.goto(pathToFileURL(file).href + "#?text=no+finding+says+this&rule=nothing&severity=x");
    const hidden = await other.$eval(".finding", (one) => one.id);
    await other.evaluate((id) => (location.hash = id), hidden);
    await other.waitForFunction((id) => document.getElementById(id).checkVisibility(), { timeout: 5000 }, hidden);
    seen.sent.all = await other.$eval("#filters output", (one) => one.textContent);
    await other.close();
    await page.click("#clear");
    seen.sent.after = await address();
    await page.evaluate(() => document.activeElement.blur());
    const at = () => page.evaluate(() => document.activeElement.closest(".finding")?.id ?? null);
    const isOpen = () => page.evaluate(() => document.activeElement.closest("details").open);
    seen.keys = [];
    for (const key of ["j", "j", "k"]) {
      await page.keyboard.press(key);
      seen.keys.push(await at());
    }
    const before = await isOpen();
    await page.keyboard.press("Enter");
    seen.toggled = before !== (await isOpen());
    await page.click("#fold");
    const link = await page.$('a[href^="#rule-"]');
    if (link) {
      await page.evaluate(() => document.querySelectorAll(".finding details").forEach((one) => (one.open = true)));
      await link.click();
      await page.waitForFunction(() => document.querySelector(".page[open]"));
      seen.page = await page.$eval(".page[open]", (one) => one.innerText);
    }
  }

  // A phone: what is wrong is seen at once, and a change scrolls in its box.
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  await page.goto(pathToFileURL(file).href);
  seen.phone = await page.evaluate(() => ({
    first: document.querySelector(".finding")?.getBoundingClientRect().top ?? null,
    change: [...document.querySelectorAll("pre:has(.old)")].map((one) => {
      const { left, right } = one.getBoundingClientRect();
      return right - left;
    }),
    folded: [...document.querySelectorAll(".folds")].every((one) => !one.open),
  }));
  await page.setViewport({ width: 1400, height: 1000 });
  await page.waitForFunction(() => [...document.querySelectorAll(".folds")].every((one) => one.open));

  // What axe evaluates comes from the driver, which no policy of the page holds up; it asks for nothing.
  await page.setBypassCSP(true);
  for (const scheme of ["light", "dark"]) {
    for (const width of [1400, 420]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: 1000 });
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => window.axe.run(document));
      const told = ({ id, nodes }) => `${scheme} ${width}: ${id}: ${nodes[0].html.slice(0, 200)}`;
      seen.complaints.push(...found.violations.map(told));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) seen.complaints.push(`${scheme} ${width}: wider than the window`);
      const picture = `${pictures}/${scheme}-${width}.png`;
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: picture });
      seen.pictures.push(picture);
    }
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));
