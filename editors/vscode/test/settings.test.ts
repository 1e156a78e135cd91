import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fill, needsRestart, options, read, type Settings } from "../src/settings";

const manifest = JSON.parse(readFileSync("package.json", "utf-8"));
const declared: Record<string, { default: unknown; scope: string; enum?: string[] }> = manifest.contributes.configuration.properties;
const DEFAULTS = read(() => undefined);

const having = (values: Record<string, unknown>): Settings => read((name) => values[name]);

test("what is not set is as the manifest says", () => {
    assert.deepEqual(read((name) => declared[`lambdalint.${name}`]?.default), DEFAULTS);
    const read_ = new Set<string>();
    read((name) => read_.add(`lambdalint.${name}`));
    assert.deepEqual([...read_].sort(), Object.keys(declared).sort());
});

test("the server is told what it takes", () => {
    assert.deepEqual(options(DEFAULTS, true), { run: "onType", debounce: 100, scope: "project", plugins: false });
    const set = having({ run: "onSave", debounce: 500, scope: "open", plugins: true });
    assert.deepEqual(options(set, true), { run: "onSave", debounce: 500, scope: "open", plugins: true });
});

test("what is of no use is as if it were not set", () => {
    const odd = having({ enable: "yes", path: 3, args: ["--preview", 1], run: "never", debounce: -1, scope: 0, plugins: "on" });
    assert.deepEqual(odd, { ...DEFAULTS, args: ["--preview"], run: "never" });
    assert.deepEqual(options(odd, true), options(DEFAULTS, true));
    assert.equal(having({ debounce: 1e9 }).debounce, 60_000);
    assert.equal(having({ args: "--preview" }).args.length, 0);
});

test("plug-ins do not run where the workspace is not trusted", () => {
    assert.equal(options(having({ plugins: true }), false).plugins, false);
});

test("what starts the server starts it anew, and what it is told does not", () => {
    for (const values of [{ enable: false }, { path: "/x" }, { interpreter: "/x" }, { args: ["-v"] }, { plugins: true }]) {
        assert.ok(needsRestart(DEFAULTS, having(values)), JSON.stringify(values));
    }
    for (const values of [{}, { run: "onSave" }, { debounce: 1 }, { scope: "open" }, { "trace.server": "verbose" }]) {
        assert.ok(!needsRestart(DEFAULTS, having(values)), JSON.stringify(values));
    }
});

test("what runs something of a workspace is restricted where that is not trusted, and overridable nowhere else", () => {
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const overridable = Object.entries(declared).filter(([, one]) => one.scope === "machine-overridable");
    assert.deepEqual([...restricted].sort(), overridable.map(([name]) => name).sort());
});

test("variables are filled in", () => {
    const variables = { home: "/home/me", folder: "/project/$&", env: { VENV: "/venv" } };
    assert.equal(fill("~/bin/lambdalint", variables), "/home/me/bin/lambdalint");
    assert.equal(fill("~", variables), "/home/me");
    assert.equal(fill("~\\bin", { ...variables, home: "C:\\me" }), "C:\\me\\bin");
    assert.equal(fill("${workspaceFolder}/.venv/bin/python", variables), "/project/$&/.venv/bin/python");
    assert.equal(fill("${env:VENV}/${userHome}", variables), "/venv//home/me");
    assert.equal(fill("a~/b~", variables), "a~/b~");
    assert.equal(fill("${workspaceFolder}/x", { ...variables, folder: undefined }), "${workspaceFolder}/x");
    assert.equal(fill("${env:NONE}${other}", variables), "${env:NONE}${other}");
});
