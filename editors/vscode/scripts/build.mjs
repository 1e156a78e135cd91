// The bundle that VS Code loads, dist/extension.js; with --tests those of the tests, for Node, in dist/test.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

/** The licenses of the packages in a bundle: they ask to go along. */
function licenses({ inputs }) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
    const packages = Object.keys(inputs).flatMap((path) => folder.exec(path)?.[0] ?? []);
    const texts = [...new Set(packages)].sort().map((path) => {
        const { name, version } = JSON.parse(readFileSync(join(path, "package.json"), "utf-8"));
        const file = readdirSync(path).find((one) => /^licen[cs]e/i.test(one));
        if (file === undefined) {
            throw new Error(`${name} brings no license along`);
        }
        return `${name} ${version}\n\n${readFileSync(join(path, file), "utf-8").trim()}\n`;
    });
    return texts.join(`\n${"-".repeat(80)}\n\n`);
}

if (process.argv.includes("--tests")) {
    rmSync("dist/test", { recursive: true, force: true });
    const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
    const entryPoints = tests.map((name) => `test/${name}`);
    const alias = { vscode: "./test/vscode.ts" };
    await build({ ...common, entryPoints, outdir: "dist/test", sourcemap: "inline", alias });
} else {
    const entryPoints = ["src/extension.ts"];
    const made = { entryPoints, outfile: "dist/extension.js", external: ["vscode"], minify: true, metafile: true };
    const { metafile } = await build({ ...common, ...made });
    writeFileSync("dist/licenses.txt", licenses(metafile));
}
