// What VS Code starts and ends.

import { type ExtensionContext, window } from "vscode";

import { Client } from "./client";
import { MENU, register, tellMissing } from "./commands";
import { Status } from "./status";

let client: Client | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
    const log = window.createOutputChannel("lambdalint", { log: true });
    const status = new Status(MENU);
    const started = new Client(log, status, context.extensionPath, (missing) => void tellMissing(missing, log));
    client = started;
    context.subscriptions.push(log, status, started, ...register(started, log));
    await started.restart();
}

export function deactivate(): Promise<void> | undefined {
    return client?.stop();
}
