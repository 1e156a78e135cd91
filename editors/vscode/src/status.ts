// The item of the status bar.

import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";

export type State = "off" | "starting" | "running" | "failed";

const ICONS: Record<Exclude<State, "off">, string> = {
    starting: "$(sync~spin)",
    running: "$(check)",
    failed: "$(error)",
};

export class Status {
    readonly #item: StatusBarItem;

    constructor(command: string) {
        this.#item = window.createStatusBarItem("lambdalint.status", StatusBarAlignment.Right);
        this.#item.name = "lambdalint";
        this.#item.command = command;
    }

    /** Show a state; `more`: what is to be known of it, which is shown beside the pointer. */
    show(state: State, more = ""): void {
        if (state === "off") {
            this.#item.hide();
            return;
        }
        this.#item.text = `${ICONS[state]} lambdalint`;
        this.#item.tooltip = new MarkdownString().appendText(more !== "" ? `lambdalint: ${state}\n\n${more}` : `lambdalint: ${state}`);
        this.#item.backgroundColor = state === "failed" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
        this.#item.accessibilityInformation = { label: `lambdalint: ${state}`, role: "button" };
        this.#item.show();
    }

    dispose(): void {
        this.#item.dispose();
    }
}
