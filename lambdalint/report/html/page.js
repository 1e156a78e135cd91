
"use strict";
(() => {
  const main = document.getElementById("findings");
  const form = document.getElementById("filters");
  const all = [...document.querySelectorAll(".finding")];

  const narrow = matchMedia("(max-width: 63.99rem)");
  const fit = () => {
    for (const one of document.querySelectorAll(".folds")) one.open = !narrow.matches;
  };
  narrow.addEventListener("change", fit);
  fit();

  let reveal = () => {};
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    reveal(target);
    const details = target.matches("details") ? target : target.querySelector("details");
    if (details) details.open = true;
    target.scrollIntoView();
  };

  if (!form) {
    addEventListener("hashchange", open);
    open();
    return;
  }

  const nothing = main.querySelector(".nothing");
  const output = form.querySelector("output");
  const fold = document.getElementById("fold");
  const box = form.closest("details");
  const told = box.querySelector("summary .number");
  const texts = new Map(all.map((one) => [one, one.textContent.toLowerCase()]));
  const severities = ["error", "warning", "info"];
  let file = "*";
  let groupedBy = "function";

  const group = (by) => {
    const groups = new Map();
    for (const one of all) {
      const key = one.dataset[by];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    }
    const rank = (found) => Math.min(...found.map((one) => severities.indexOf(one.dataset.severity)));
    const sorted = [...groups].sort(
      ([a, x], [b, y]) => !a - !b || rank(x) - rank(y) || y.length - x.length || (a < b ? -1 : 1),
    );
    for (const old of main.querySelectorAll(".group")) old.remove();
    for (const [key, found] of sorted) {
      const section = document.createElement("section");
      section.className = "group";
      const heading = document.createElement("h2");
      const [name, ...rest] = key.split("  ");
      if (name) {
        const code = document.createElement("code");
        code.textContent = name;
        heading.append(code, " ");
      } else heading.append("Outside of any function ");
      if (rest.length) {
        const small = document.createElement("small");
        small.textContent = rest.join(", ");
        heading.append(small, " ");
      }
      const number = document.createElement("span");
      number.className = "number";
      heading.append(number);
      section.append(heading, ...found);
      main.insertBefore(section, nothing);
    }
  };

  const isShown = (one, wanted) =>
    wanted.severities.has(one.dataset.severity) &&
    (wanted.rule === "*" || one.dataset.rule === wanted.rule) &&
    (wanted.function === "*" || one.dataset.function === wanted.function) &&
    (file === "*" || one.dataset.file === file) &&
    wanted.words.every((word) => texts.get(one).includes(word));

  const update = () => {
    const said = new FormData(form);
    const wanted = {
      severities: new Set(said.getAll("severity")),
      rule: said.get("rule"),
      function: said.get("function"),
      words: said.get("text").toLowerCase().split(/\s+/).filter(Boolean),
    };
    if (said.get("group") !== groupedBy) group((groupedBy = said.get("group")));
    let shown = 0;
    for (const one of all) {
      one.hidden = !isShown(one, wanted);
      shown += !one.hidden;
    }
    for (const section of main.querySelectorAll(".group")) {
      const left = section.querySelectorAll(".finding:not([hidden])").length;
      section.hidden = !left;
      section.querySelector(".number").textContent = left.toLocaleString("en");
    }
    nothing.hidden = shown > 0;
    main.dataset.shown = shown;
    const text = shown.toLocaleString("en") + " of " + all.length.toLocaleString("en");
    if (output.textContent !== text) output.textContent = text;
    told.textContent = text;
    told.hidden = shown === all.length;
    for (const button of document.querySelectorAll(".overview button")) {
      const { filter, value } = button.parentElement.dataset;
      const at = filter === "file" ? file : wanted[filter];
      button.setAttribute("aria-pressed", String(at === value));
    }
    write();
  };

  // The filters stand in the address, so that a view can be sent: #?rule=...&text=...
  const boxes = [...form.elements.severity instanceof RadioNodeList ? form.elements.severity : [form.elements.severity]];
  const fields = [form.elements.rule, form.elements.function, form.elements.group, form.elements.text];
  const first = (field) => (field.options ? field.options[0].value : "");
  const write = () => {
    const said = new URLSearchParams();
    if (boxes.some((one) => !one.checked)) {
      said.set("severity", boxes.filter((one) => one.checked).map((one) => one.value).join(" "));
    }
    for (const field of fields) if (field.value !== first(field)) said.set(field.name, field.value);
    if (file !== "*") said.set("file", file);
    const address = said.size ? "#?" + said : location.hash.startsWith("#?") ? "#" : location.hash;
    if (address !== location.hash) history.replaceState(null, "", address);
  };
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(2));
    const wanted = said.get("severity");
    for (const one of boxes) one.checked = wanted === null || wanted.split(" ").includes(one.value);
    for (const field of fields) {
      const value = said.get(field.name) ?? first(field);
      const known = !field.options || [...field.options].some((one) => one.value === value);
      field.value = known ? value : first(field);
    }
    file = said.get("file") ?? "*";
    update();
  };
  const follow = () => (location.hash.startsWith("#?") ? read() : open());
  addEventListener("hashchange", follow);

  const clear = () => {
    form.reset();
    file = "*";
    update();
  };

  reveal = (target) => {
    if (target.hidden) clear();
  };
  // The field that has the focus, if there is anything in it to clear.
  const clearOne = (field) => {
    const own = boxes.includes(field) ? boxes.filter((one) => !one.checked) : fields.filter((one) => one === field);
    const set = own.filter((one) => (boxes.includes(one) ? !one.checked : one.value !== first(one)));
    for (const one of set) {
      if (boxes.includes(one)) one.checked = true;
      else one.value = first(one);
    }
    if (set.length) update();
    return set.length > 0;
  };

  for (const cell of document.querySelectorAll(".overview th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const { filter, value } = cell.dataset;
      if (filter === "file") file = file === value ? "*" : value;
      else form.elements[filter].value = form.elements[filter].value === value ? "*" : value;
      update();
    });
  }

  const visible = () => [...main.querySelectorAll(".finding:not([hidden]) summary")];
  const labelFold = () => {
    fold.textContent = visible().some((one) => one.parentElement.open) ? "Close all" : "Open all";
  };
  fold.addEventListener("click", () => {
    const to = !visible().some((one) => one.parentElement.open);
    for (const one of visible()) one.parentElement.open = to;
    labelFold();
  });
  main.addEventListener("toggle", labelFold, true);

  const move = (by) => {
    const found = visible();
    const at = found.indexOf(document.activeElement && document.activeElement.closest(".finding summary"));
    const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(at + by, 0), found.length - 1)];
    if (next) next.focus();
  };
  const isMenuOpen = (select) => CSS.supports("selector(:open)") && select.matches(":open");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest && event.target.closest("input[type=search], select");
    if (event.key === "Escape") {
      if (event.target.matches("select") && isMenuOpen(event.target)) return; // the key closes it
      if (!clearOne(event.target)) clear();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      form.elements.text.focus();
      event.preventDefault();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    }
  });

  form.addEventListener("input", update);
  document.getElementById("clear").addEventListener("click", clear);
  form.addEventListener("submit", (event) => event.preventDefault());
  box.hidden = false;
  for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
  if (location.hash.startsWith("#?")) read();
  else update();
  labelFold();
  open();
})();
