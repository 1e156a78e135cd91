// What the user can ask for.

import { commands, type Disposable, env, type LogOutputChannel, Position, type QuickPickItem, Range, Uri, window, workspace } from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

import type { Client } from "./client";
import { type Row, rows } from "./functions";
import { installation, type Missing } from "./server";

export const MENU = "lambdalint.menu";

export function register(client: Client, log: LogOutputChannel): Disposable[] {
    return [
        commands.registerCommand("lambdalint.restart", () => client.restart()),
        commands.registerCommand("lambdalint.showLog", () => log.show()),
        commands.registerCommand("lambdalint.fixAll", () => fixAll(client)),
        commands.registerCommand("lambdalint.showFunctions", () => showFunctions(client)),
        commands.registerCommand(MENU, menu),
    ];
}

async function menu(): Promise<void> {
    const items = [
        { label: "$(symbol-function) Show Functions", command: "lambdalint.showFunctions" },
        { label: "$(output) Show Log", command: "lambdalint.showLog" },
        { label: "$(debug-restart) Restart Server", command: "lambdalint.restart" },
    ];
    const picked = await window.showQuickPick(items, { title: "lambdalint" });
    if (picked !== undefined) {
        await commands.executeCommand(picked.command);
    }
}

/** Have the server run a command of its own. */
async function ask(client: Client, command: string, args: unknown[]): Promise<unknown> {
    const running = client.running;
    if (running === undefined) {
        const restart = "Restart";
        if ((await window.showWarningMessage("lambdalint: the server does not run.", restart)) === restart) {
            await client.restart();
        }
        return undefined;
    }
    try {
        return await running.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
    } catch (error) {
        void window.showErrorMessage(`lambdalint: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
    }
}

async function fixAll(client: Client): Promise<void> {
    const uri = window.activeTextEditor?.document.uri;
    if (uri?.scheme === "file") {
        await ask(client, "lambdalint.server.fixAll", [client.running?.code2ProtocolConverter.asUri(uri)]);
    }
}

async function showFunctions(client: Client): Promise<void> {
    const answer = await ask(client, "lambdalint.server.functions", []);
    if (answer === undefined) {
        return;
    }
    const items: (QuickPickItem & { readonly at: Row })[] = rows(answer, (path) => workspace.asRelativePath(path)).map((at) => ({
        label: `$(symbol-function) ${at.label}`,
        description: at.description,
        detail: at.detail,
        at,
    }));
    if (items.length === 0) {
        void window.showInformationMessage("lambdalint: no functions are found here.");
        return;
    }
    const asked = { title: "Functions", placeHolder: "Go to a function", matchOnDescription: true, matchOnDetail: true };
    const picked = await window.showQuickPick(items, asked);
    if (picked !== undefined) {
        await open(picked.at);
    }
}

async function open(at: Row): Promise<void> {
    if (at.path === undefined) {
        void window.showWarningMessage(`lambdalint: the code of ${at.label} is not found.`);
        return;
    }
    const start = new Position(Math.max(at.row - 1, 0), 0);
    await window.showTextDocument(Uri.file(at.path), { selection: new Range(start, start) });
}

/** Tell that there is no server, and how to come by one. */
export async function tellMissing(missing: Missing, log: LogOutputChannel): Promise<void> {
    const how = "How to Install";
    const show = "Show Log";
    const pressed = await window.showErrorMessage(`lambdalint: no server is found. ${missing.tried.join("; ")}`, how, show);
    if (pressed === show) {
        log.show();
    } else if (pressed === how) {
        await tellInstallation(missing);
    }
}

async function tellInstallation(missing: Missing): Promise<void> {
    const command = installation(missing, process.platform);
    const type = "Type It in a Terminal";
    const copy = "Copy";
    const detail = `${command}\n\nThen run "lambdalint: Restart Server".\n\n${missing.tried.join("\n")}`;
    const pressed = await window.showInformationMessage("Install lambdalint", { modal: true, detail }, type, copy);
    if (pressed === copy) {
        await env.clipboard.writeText(command);
    } else if (pressed === type) {
        const terminal = window.createTerminal("lambdalint");
        terminal.show();
        terminal.sendText(command, false);
    }
}
