// A client of the real server, without VS Code: it says of itself what VS Code's client does.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "vscode-languageclient/node";
import {
    ApplyWorkspaceEditRequest,
    type ClientCapabilities,
    type CodeAction,
    CodeActionRequest,
    CodeActionResolveRequest,
    CodeLensRequest,
    createProtocolConnection,
    type Diagnostic,
    DiagnosticRefreshRequest,
    DidChangeTextDocumentNotification,
    DidOpenTextDocumentNotification,
    DocumentDiagnosticRequest,
    ExitNotification,
    InitializedNotification,
    InitializeRequest,
    type InitializeResult,
    LogMessageNotification,
    type ProtocolConnection,
    PublishDiagnosticsNotification,
    type Range,
    RegistrationRequest,
    ShowMessageNotification,
    ShutdownRequest,
    StreamMessageReader,
    StreamMessageWriter,
    type TextEdit,
    type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

import type { Options } from "../src/settings";

/** The Python that has the server. */
export const PYTHON = process.env["LAMBDALINT_PYTHON"] ?? "python3";

/** What VS Code's client can do, in its own words. */
export function capabilities(): ClientCapabilities {
    const client = new LanguageClient("lambdalint", "lambdalint", { command: "" }, {}) as unknown as {
        computeClientCapabilities(): ClientCapabilities;
    };
    return client.computeClientCapabilities();
}

export interface Begun {
    /** What the client can do; by itself what VS Code's can. */
    readonly able?: ClientCapabilities;
    readonly options?: Partial<Options>;
}

export class Talk {
    readonly texts = new Map<string, { text: string; version: number }>();
    readonly shown = new Map<string, Diagnostic[]>();
    readonly said: string[] = [];
    readonly registered: string[] = [];
    refreshed = 0;
    result!: InitializeResult;
    #folder!: string;
    #child!: ChildProcess;
    connection!: ProtocolConnection;
    #waiting: (() => void)[] = [];

    /** Begin to talk, about a folder with these files. */
    static async begin(files: Record<string, string>, { able = capabilities(), options = {} }: Begun = {}): Promise<Talk> {
        const talk = new Talk();
        talk.#folder = await mkdtemp(join(tmpdir(), "lambdalint-"));
        for (const [name, text] of Object.entries(files)) {
            const path = join(talk.#folder, name);
            await mkdir(dirname(path), { recursive: true });
            await writeFile(path, text);
        }
        const child = spawn(PYTHON, ["-m", "lambdalint", "server", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
        talk.#child = child;
        const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
        talk.connection = connection;
        connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
            talk.shown.set(uri, diagnostics);
            talk.#wake();
        });
        for (const kind of [ShowMessageNotification.type, LogMessageNotification.type]) {
            connection.onNotification(kind, ({ message }) => void talk.said.push(message));
        }
        connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
            talk.registered.push(...registrations.map((one) => one.method));
            talk.#wake();
        });
        connection.onRequest(DiagnosticRefreshRequest.type, () => {
            talk.refreshed += 1;
            talk.#wake();
        });
        connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
            talk.apply(edit);
            return { applied: true };
        });
        connection.listen();
        const uri = pathToFileURL(talk.#folder).href;
        talk.result = await connection.sendRequest(InitializeRequest.type, {
            processId: process.pid,
            clientInfo: { name: "Visual Studio Code", version: "1.91.0" },
            locale: "en",
            rootPath: talk.#folder,
            rootUri: uri,
            capabilities: able,
            initializationOptions: options,
            trace: "off",
            workspaceFolders: [{ uri, name: "folder" }],
        });
        await connection.sendNotification(InitializedNotification.type, {});
        return talk;
    }

    /** End it as a client does; the code that the server ends with. */
    async end(): Promise<number | null> {
        const exited = once(this.#child, "exit");
        await this.connection.sendRequest(ShutdownRequest.type);
        await this.connection.sendNotification(ExitNotification.type);
        const [code] = await exited;
        return code;
    }

    /** Clear up, however it ended. */
    async close(): Promise<void> {
        this.connection.dispose();
        if (this.#child.exitCode === null) {
            this.#child.kill("SIGKILL");
        }
        await rm(this.#folder, { recursive: true, force: true });
    }

    uri(name: string): string {
        return pathToFileURL(join(this.#folder, name)).href;
    }

    text(name: string): string {
        return this.texts.get(this.uri(name))?.text ?? "";
    }

    async open(name: string, languageId: string, text: string): Promise<void> {
        const uri = this.uri(name);
        this.texts.set(uri, { text, version: 1 });
        await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
            textDocument: { uri, languageId, version: 1, text },
        });
    }

    /** Tell that a text is another. */
    async change(name: string, text: string): Promise<void> {
        const uri = this.uri(name);
        const version = (this.texts.get(uri)?.version ?? 0) + 1;
        this.texts.set(uri, { text, version });
        await this.#changed(uri);
    }

    /** What is found, when all is: lenses are told of then. */
    async pull(name: string): Promise<Diagnostic[]> {
        await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: this.uri(name) } });
        return this.pullSoon(name);
    }

    /** What is found first: a refresh follows if there is more. */
    async pullSoon(name: string): Promise<Diagnostic[]> {
        const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
            textDocument: { uri: this.uri(name) },
            identifier: "lambdalint",
        });
        return report.kind === "full" ? report.items : [];
    }

    /** What can be done about some diagnostics, with the edits. */
    async actions(name: string, diagnostics: Diagnostic[], only?: string[]): Promise<CodeAction[]> {
        const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
        const given = await this.connection.sendRequest(CodeActionRequest.type, {
            textDocument: { uri: this.uri(name) },
            range: diagnostics[0]?.range ?? nowhere,
            context: { diagnostics, ...(only !== undefined ? { only } : {}) },
        });
        const actions = (given ?? []).filter((one): one is CodeAction => typeof one.command !== "string");
        return Promise.all(
            actions.map((one) =>
                one.edit === undefined && one.command === undefined
                    ? this.connection.sendRequest(CodeActionResolveRequest.type, one)
                    : one,
            ),
        );
    }

    /** Make an edit, as VS Code does: an edit of another version than the text has is refused. */
    apply(edit: WorkspaceEdit | undefined): void {
        for (const change of edit?.documentChanges ?? []) {
            if (!("textDocument" in change)) {
                throw new Error("no edit of a text");
            }
            const { uri, version } = change.textDocument;
            const now = this.texts.get(uri);
            if (now === undefined || (version !== null && version !== now.version)) {
                throw new Error(`${uri} is not open in version ${version}`);
            }
            const edits = change.edits.filter((one): one is TextEdit => "newText" in one);
            this.texts.set(uri, { text: edited(now.text, edits), version: now.version + 1 });
            void this.#changed(uri);
        }
    }

    /** Wait until something is so, which is asked whenever the server has said something. */
    async until(what: string, so: () => boolean, milliseconds = 30_000): Promise<void> {
        const end = Date.now() + milliseconds;
        while (!so()) {
            const left = end - Date.now();
            if (left <= 0) {
                throw new Error(`waited for ${what} in vain; the server said: ${this.said.join("; ") || "nothing"}`);
            }
            await new Promise<void>((resolve) => {
                const timer = setTimeout(resolve, left);
                this.#waiting.push(() => {
                    clearTimeout(timer);
                    resolve();
                });
            });
        }
    }

    #wake(): void {
        for (const wake of this.#waiting.splice(0)) {
            wake();
        }
    }

    async #changed(uri: string): Promise<void> {
        const { text, version } = this.texts.get(uri) ?? { text: "", version: 0 };
        await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
            textDocument: { uri, version },
            contentChanges: [{ text }],
        });
        this.#wake();
    }
}

/** A text with edits made, whose positions count units of UTF-16, as JavaScript's strings do. */
function edited(text: string, edits: readonly TextEdit[]): string {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
        starts.push(match.index + match[0].length);
    }
    const at = ({ line, character }: Range["start"]): number => (starts[line] ?? text.length) + character;
    let made = text;
    for (const { range, newText } of [...edits].sort((one, other) => at(other.range.start) - at(one.range.start))) {
        made = made.slice(0, at(range.start)) + newText + made.slice(at(range.end));
    }
    return made;
}
