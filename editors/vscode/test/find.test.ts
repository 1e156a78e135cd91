import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { executable, fault, find, installation, type Machine } from "../src/server";
import { read, type Settings } from "../src/settings";

/** A machine. `there`: its executables, and why each is none that starts the server. */
function machine(there: Record<string, string | undefined>, more: Partial<Machine> = {}): Machine & { ran: string[][] } {
    const ran: string[][] = [];
    return {
        ran,
        home: "/home/me",
        folder: "/project",
        env: { PATH: "/usr/bin:relative::/opt/bin" },
        platform: "linux",
        python: async () => undefined,
        executable: async (path) => (path in there ? path : undefined),
        fault: async (command, args) => {
            ran.push([command, ...args]);
            return there[command];
        },
        ...more,
    };
}

const having = (values: Partial<Settings>): Settings => ({ ...read(() => undefined), ...values });

async function found(settings: Partial<Settings>, on: Machine): Promise<string> {
    const what = await find(having(settings), on);
    return "command" in what
        ? `${what.command.from}: ${[what.command.command, ...what.command.args].join(" ")}`
        : `none: ${what.missing.tried.join("; ")}`;
}

const EVERYWHERE = { "/set/lambdalint": undefined, "/set/python": undefined, "/chosen/python": undefined, "/opt/bin/lambdalint": undefined };
const CHOSEN = { python: async () => "/chosen/python" };

test("one place after the other", async () => {
    const on = machine(EVERYWHERE, CHOSEN);
    const both = { path: "/set/lambdalint", interpreter: "/set/python" };
    assert.equal(await found(both, on), "lambdalint.path: /set/lambdalint server");
    assert.equal(await found({ interpreter: "/set/python" }, on), "lambdalint.interpreter: /set/python -m lambdalint server");
    assert.equal(await found({}, on), "the Python extension: /chosen/python -m lambdalint server");
    assert.equal(await found({}, machine(EVERYWHERE)), "PATH: /opt/bin/lambdalint server");
});

test("a chosen interpreter without it is passed over", async () => {
    const on = machine({ ...EVERYWHERE, "/chosen/python": "No module named lambdalint" }, CHOSEN);
    assert.equal(await found({}, on), "PATH: /opt/bin/lambdalint server");
});

test("what is set and starts none is told, and nothing else is taken", async () => {
    const on = machine({ ...EVERYWHERE, "/set/python": "No module named lambdalint" }, CHOSEN);
    assert.equal(await found({ path: "/not/there" }, on), "none: lambdalint.path: /not/there is not there, or cannot be run");
    const missing = "none: lambdalint.interpreter: /set/python: No module named lambdalint";
    assert.equal(await found({ interpreter: "/set/python" }, on), missing);
});

test("where there is none, each place says why", async () => {
    const what = await find(having({}), machine({ "/chosen/python": "no pygls", "/usr/bin/lambdalint": "old" }, CHOSEN));
    assert.deepEqual(what, {
        missing: { tried: ["the Python extension: /chosen/python: no pygls", "PATH: /usr/bin/lambdalint: old"], interpreter: "/chosen/python" },
    });
});

test("arguments are tried and given", async () => {
    const on = machine(EVERYWHERE);
    const args = ["--config", "${workspaceFolder}/lint.toml"];
    assert.equal(await found({ args }, on), "PATH: /opt/bin/lambdalint server --config /project/lint.toml");
    assert.deepEqual(on.ran, [["/opt/bin/lambdalint", "server", "--config", "/project/lint.toml"]]);
});

test("paths and names", async () => {
    const there = { "/home/me/bin/ll": undefined, "/project/.venv/bin/ll": undefined, "/usr/bin/ll": undefined };
    for (const [path, where] of [
        ["~/bin/ll", "/home/me/bin/ll"],
        ["${workspaceFolder}/.venv/bin/ll", "/project/.venv/bin/ll"],
        [".venv/bin/ll", "/project/.venv/bin/ll"],
        ["ll", "/usr/bin/ll"],
    ] as const) {
        assert.equal(await found({ path }, machine(there)), `lambdalint.path: ${where} server`);
    }
});

test("without a folder, as where the workspace is not trusted, nothing of one is run", async () => {
    const there = { "/project/.venv/bin/ll": undefined, "relative/ll": undefined, "/relative/ll": undefined };
    for (const path of ["${workspaceFolder}/.venv/bin/ll", ".venv/bin/ll", "ll"]) {
        assert.match(await found({ path }, machine(there, { folder: undefined })), /^none: /);
    }
});

test("PATH of Windows", async () => {
    const there = { "C:\\Scripts\\lambdalint": undefined };
    const on = machine(there, { platform: "win32", env: { Path: "C:\\Windows;C:\\Scripts" } });
    assert.equal(await found({}, on), "PATH: C:\\Scripts\\lambdalint server");
});

test("how to install it", () => {
    const by = (interpreter: string | undefined, platform: NodeJS.Platform): string => installation({ tried: [], interpreter }, platform);
    assert.equal(by(undefined, "linux"), 'pip install "lambdalint[server]"');
    assert.equal(by("/venv/bin/python", "linux"), '/venv/bin/python -m pip install "lambdalint[server]"');
    assert.equal(by("/my venv/bin/python", "linux"), '"/my venv/bin/python" -m pip install "lambdalint[server]"');
    assert.equal(by("C:\\venv\\python.exe", "win32"), 'C:\\venv\\python.exe -m pip install "lambdalint[server]"');
    assert.equal(by("C:\\my venv\\python.exe", "win32"), '& "C:\\my venv\\python.exe" -m pip install "lambdalint[server]"');
});

test("this machine", { skip: process.platform === "win32" }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "lambdalint-"));
    try {
        const script = async (name: string, text: string, mode = 0o755): Promise<string> => {
            await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
            await chmod(join(folder, name), mode);
            return join(folder, name);
        };
        const good = await script("good", "cat");
        const bad = await script("bad", "echo first >&2; echo second >&2; exit 2");
        const silent = await script("silent", "exit 1");
        const slow = await script("slow", "exec sleep 60");
        const text = await script("text", "", 0o644);
        assert.equal(await executable(good), good);
        assert.equal(await executable(text), undefined);
        assert.equal(await executable(folder), undefined);
        assert.equal(await executable(join(folder, "none")), undefined);
        assert.equal(await fault(folder)(good, []), undefined);
        assert.equal(await fault(folder)(bad, []), "second");
        assert.match((await fault(folder)(silent, [])) ?? "", /silent/);
        assert.match((await fault(folder)(join(folder, "none"), [])) ?? "", /ENOENT/);
        assert.equal(await fault(folder, 200)(slow, []), "did not end within 0.2 s");
    } finally {
        await rm(folder, { recursive: true });
    }
});
