// The server itself, asked as VS Code asks it. It needs a Python with `lambdalint[server]`: LAMBDALINT_PYTHON, or python3.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
    type ClientCapabilities,
    DidChangeConfigurationNotification,
    ExecuteCommandRequest,
    HoverRequest,
    type MarkupContent,
    type PreviousResultId,
    type WorkspaceDiagnosticReport,
    WorkspaceDiagnosticRequest,
} from "vscode-languageserver-protocol/node";

import { rows } from "../src/functions";
import { fault } from "../src/server";
import { PYTHON, Talk, type Begun, capabilities } from "./talk";

const BAD = `def handler(event, context):
    return {"statusCode": 200, "body": {"a": 1}}
`;
const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      Events:
        Get:
          Type: Api
          Properties:
            Path: /orders
            Method: get
`;
const FILES = { "app.py": BAD, "template.yaml": TEMPLATE };

const begun = spawnSync(PYTHON, ["-m", "lambdalint", "server"], { input: "", cwd: tmpdir(), encoding: "utf-8" });
const skip = begun.status !== 0 && `${PYTHON} has no server: ${begun.error?.message ?? begun.stderr.trim()}`;
if (skip !== false && process.env["LAMBDALINT_PYTHON"] !== undefined) {
    throw new Error(skip);
}

test("that there is a server is seen", { skip }, async () => {
    assert.equal(await fault(tmpdir())(PYTHON, ["-m", "lambdalint", "server"]), undefined);
    assert.match((await fault(tmpdir())(PYTHON, ["-m", "lambdalint", "server", "--select", "NONE"])) ?? "", /NONE/);
    assert.match((await fault(tmpdir())(PYTHON, ["-I", "-m", "lambdalintnone", "server"])) ?? "", /No module named/);
});

/** A test that talks with the server, which must end well. */
function talking(name: string, body: (talk: Talk) => Promise<void>, begun: Begun = {}): void {
    test(name, { skip, timeout: 60_000 }, async () => {
        const talk = await Talk.begin(FILES, begun);
        try {
            await body(talk);
            assert.equal(await talk.end(), 0);
            assert.deepEqual(talk.said, []);
        } finally {
            await talk.close();
        }
    });
}

/** What VS Code's client can do, but ask for diagnostics. */
function pushed(): ClientCapabilities {
    const { diagnostic: _, ...textDocument } = capabilities().textDocument ?? {};
    return { ...capabilities(), textDocument };
}

talking("it can do what the extension needs", async ({ result }) => {
    const { capabilities } = result;
    assert.equal(result.serverInfo?.name, "lambdalint");
    assert.ok((capabilities.positionEncoding ?? "utf-16") === "utf-16", "VS Code's client takes no other");
    assert.ok(capabilities.hoverProvider);
    assert.ok(capabilities.diagnosticProvider?.workspaceDiagnostics);
    const commands = capabilities.executeCommandProvider?.commands ?? [];
    for (const command of ["lambdalint.server.fixAll", "lambdalint.server.functions"]) {
        assert.ok(commands.includes(command), command);
    }
});

talking("its commands are none of the extension's: VS Code takes a name once", async ({ result }) => {
    const { contributes } = JSON.parse(await readFile("package.json", "utf-8"));
    const own: string[] = contributes.commands.map((one: { command: string }) => one.command);
    const both = result.capabilities.executeCommandProvider?.commands.filter((one) => own.includes(one));
    assert.deepEqual(both, []);
});

talking("it watches files, through the client", async (talk) => {
    await talk.until("a registration", () => talk.registered.includes("workspace/didChangeWatchedFiles"));
});

talking("diagnostics are pulled", async (talk) => {
    await talk.open("app.py", "python", BAD);
    const [found, ...others] = await talk.pull("app.py");
    assert.deepEqual(others, []);
    assert.equal(found?.code, "LL301");
    assert.equal(found?.source, "lambdalint");
    assert.equal(found?.severity, 1);
    assert.deepEqual(found?.range, { start: { line: 1, character: 39 }, end: { line: 1, character: 47 } });
    assert.match(found?.codeDescription?.href ?? "", /LL301/);
    assert.deepEqual([...talk.shown.values()].flat(), []);
    await talk.change("app.py", BAD.replace('{"a": 1}}', '"a"}'));
    assert.deepEqual(await talk.pull("app.py"), []);
});

talking("what is found after the first answer is asked for anew", async (talk) => {
    await talk.open("app.py", "python", BAD);
    let found = await talk.pullSoon("app.py");
    if (found.length === 0) {
        await talk.until("a refresh", () => talk.refreshed > 0);
        found = await talk.pullSoon("app.py");
    }
    assert.deepEqual(
        found.map((one) => one.code),
        ["LL301"],
    );
});

talking("those of files that are not open are pulled", async (talk) => {
    const report = await talk.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    const codes = report.items.map((one) => [one.uri, one.kind === "full" ? one.items.map((item) => item.code) : []]);
    assert.deepEqual(codes, [[talk.uri("app.py"), ["LL301"]]]);
});

talking(
    "diagnostics are pushed to who does not pull",
    async (talk) => {
        await talk.until("a push", () => talk.shown.get(talk.uri("app.py"))?.length === 1);
        await talk.open("app.py", "python", BAD);
        await talk.change("app.py", BAD.replace('{"a": 1}}', '"a"}'));
        await talk.until("an empty push", () => talk.shown.get(talk.uri("app.py"))?.length === 0);
    },
    { able: pushed() },
);

talking("a quick fix makes a clean file", async (talk) => {
    await talk.open("app.py", "python", BAD);
    const actions = await talk.actions("app.py", await talk.pull("app.py"), ["quickfix"]);
    const [preferred, ...others] = actions.filter((one) => one.isPreferred);
    assert.deepEqual(others, []);
    assert.equal(preferred?.kind, "quickfix");
    assert.equal(preferred?.diagnostics?.[0]?.code, "LL301");
    talk.apply(preferred?.edit);
    assert.match(talk.text("app.py"), /json\.dumps\(\{"a": 1\}\)/);
    assert.deepEqual(await talk.pull("app.py"), []);
});

talking("it is silenced, and its page is opened", async (talk) => {
    await talk.open("app.py", "python", BAD);
    const actions = await talk.actions("app.py", await talk.pull("app.py"));
    assert.ok(actions.some((one) => one.command?.command === "lambdalint.server.openPage"));
    const silence = actions.find((one) => one.edit !== undefined && /silence|suppress/i.test(one.title));
    talk.apply(silence?.edit);
    assert.match(talk.text("app.py"), /"a": 1}} +# .*LL301/);
    assert.deepEqual(await talk.pull("app.py"), []);
});

talking("all is fixed when a file is saved", async (talk) => {
    const twice = `${BAD}\n\ndef other(event, context):\n    return {"statusCode": 200, "body": [1]}\n`;
    await talk.open("app.py", "python", twice);
    const template = `${TEMPLATE}${TEMPLATE.slice(TEMPLATE.indexOf("  Orders:")).replace("Orders", "Other").replace("app.handler", "app.other")}`;
    await talk.open("template.yaml", "yaml", template);
    assert.equal((await talk.pull("app.py")).length, 2);
    const actions = await talk.actions("app.py", [], ["source.fixAll"]);
    assert.deepEqual(actions.map((one) => one.kind), ["source.fixAll.lambdalint"]);
    talk.apply(actions[0]?.edit);
    assert.equal(talk.text("app.py").match(/json\.dumps/g)?.length, 2);
    assert.deepEqual(await talk.pull("app.py"), []);
    assert.deepEqual(await talk.actions("app.py", [], ["source.fixAll"]), []);
});

talking("the command fixes all", async (talk) => {
    await talk.open("app.py", "python", BAD);
    await talk.connection.sendRequest(ExecuteCommandRequest.type, {
        command: "lambdalint.server.fixAll",
        arguments: [talk.uri("app.py")],
    });
    await talk.until("an edit", () => talk.text("app.py").includes("json.dumps"));
    assert.deepEqual(await talk.pull("app.py"), []);
});

talking("functions are listed", async (talk) => {
    const answer = await talk.connection.sendRequest(ExecuteCommandRequest.type, {
        command: "lambdalint.server.functions",
        arguments: [],
    });
    const [row, ...others] = rows(answer);
    assert.deepEqual(others, []);
    assert.equal(row?.label, "Orders");
    assert.match(row?.description ?? "", /^app\.handler  python3\.13  rest-api/);
    assert.equal(row?.path !== undefined ? pathToFileURL(row.path).href : "", talk.uri("app.py"));
    assert.equal(row?.row, 1);
});

talking("what is found is told beside the pointer", async (talk) => {
    await talk.open("app.py", "python", BAD);
    const [found] = await talk.pull("app.py");
    const hover = await talk.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri: talk.uri("app.py") },
        position: found?.range.start ?? { line: 0, character: 0 },
    });
    assert.match((hover?.contents as MarkupContent | undefined)?.value ?? "", /LL301/);
});

talking("other settings are obeyed, and what was shown before goes", async (talk) => {
    const all = (previousResultIds: PreviousResultId[]): Promise<WorkspaceDiagnosticReport> =>
        talk.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
    const before = (await all([])).items.map((one) => ({ uri: one.uri, value: one.resultId ?? "" }));
    assert.deepEqual(before.map((one) => one.uri), [talk.uri("app.py")]);
    await talk.connection.sendNotification(DidChangeConfigurationNotification.type, {
        settings: { lambdalint: { run: "onSave", debounce: 0, scope: "open", plugins: false } },
    });
    const after = (await all(before)).items.map((one) => [one.uri, one.kind === "full" ? one.items : "as before"]);
    assert.deepEqual(after, [[talk.uri("app.py"), []]]);
    assert.deepEqual((await all([])).items, []);
});

talking(
    "settings are obeyed from the start",
    async (talk) => {
        const report = await talk.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
        assert.deepEqual(report.items, []);
    },
    { options: { run: "onSave", debounce: 0, scope: "open", plugins: false } },
);
