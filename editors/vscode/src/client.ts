// The server at work: started, stopped, told of settings.

import { homedir } from "node:os";
import { type Disposable, type LogOutputChannel, window, workspace } from "vscode";
import {
    DidChangeConfigurationNotification,
    type DocumentFilter,
    type Executable,
    LanguageClient,
    type LanguageClientOptions,
    RevealOutputChannelOn,
    State,
    TransportKind,
} from "vscode-languageclient/node";

import { Python } from "./python";
import { type Command, executable, fault, find, type Machine, type Missing } from "./server";
import { needsRestart, options, read, type Settings } from "./settings";
import type { Status } from "./status";
import { type Trace, trace } from "./trace";

const LANGUAGES = ["python", "yaml", "json", "jsonc", "toml", "terraform", "dockerfile"];
/** Languages that VS Code does not know by itself: their files are plain text without another extension. */
const PATTERN = "**/*.{tf,toml}";

const SELECTOR: DocumentFilter[] = [
    ...LANGUAGES.map((language) => ({ scheme: "file", language })),
    { scheme: "file", pattern: PATTERN },
];

export class Client implements Disposable {
    readonly #log: LogOutputChannel;
    readonly #status: Status;
    readonly #folder: string;
    readonly #missing: (missing: Missing) => void;
    readonly #python = new Python(() => this.#pythonChanged());
    readonly #trace: Trace;
    readonly #listening: Disposable[];
    #settings = settings();
    #client: LanguageClient | undefined;
    #command: Command | undefined;
    #told = "";
    #work: Promise<void> = Promise.resolve();

    /**
     * `folder`: one without Python files, which the server runs in. `missing` is called when there is no server.
     */
    constructor(log: LogOutputChannel, status: Status, folder: string, missing: (missing: Missing) => void) {
        this.#log = log;
        this.#status = status;
        this.#folder = folder;
        this.#missing = missing;
        this.#trace = trace(log, this.#settings.trace);
        this.#listening = [
            workspace.onDidChangeConfiguration((event) => {
                if (event.affectsConfiguration("lambdalint")) {
                    void this.#settingsChanged();
                }
            }),
            workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
        ];
    }

    /** The client, where the server runs. */
    get running(): LanguageClient | undefined {
        return this.#client?.isRunning() ? this.#client : undefined;
    }

    /** Find the server anew and start it, in the place of the one that runs. */
    restart(): Promise<void> {
        return this.#next(async () => {
            await this.#stop();
            await this.#start();
        });
    }

    /** End the server. */
    stop(): Promise<void> {
        return this.#next(() => this.#stop());
    }

    dispose(): void {
        this.#python.dispose();
        this.#trace.dispose();
        for (const one of this.#listening) {
            one.dispose();
        }
    }

    /** One after the other: a server is not stopped while it starts. */
    #next(work: () => Promise<void>): Promise<void> {
        this.#work = this.#work.then(work).catch((error: unknown) => {
            this.#log.error(error instanceof Error ? error : String(error));
        });
        return this.#work;
    }

    async #settingsChanged(): Promise<void> {
        const before = this.#settings;
        this.#settings = settings();
        this.#trace.set(this.#settings.trace);
        if (needsRestart(before, this.#settings)) {
            await this.restart();
        } else {
            await this.#next(() => this.#tell());
        }
    }

    /** Tell the server of its options, where they are others than it knows. */
    async #tell(): Promise<void> {
        const lambdalint = options(this.#settings, workspace.isTrusted);
        const told = JSON.stringify(lambdalint);
        if (this.running !== undefined && told !== this.#told) {
            this.#told = told;
            await this.running.sendNotification(DidChangeConfigurationNotification.type, { settings: { lambdalint } });
        }
    }

    #pythonChanged(): void {
        const set = this.#settings.path !== "" || this.#settings.interpreter !== "";
        if (!set && this.#settings.enable) {
            void this.#next(async () => {
                const before = JSON.stringify(this.#command);
                const found = await find(this.#settings, this.#machine());
                if (!("command" in found) || JSON.stringify(found.command) !== before) {
                    await this.#stop();
                    await this.#start();
                }
            });
        }
    }

    /** What the workspace brings along, an interpreter in it and the one chosen for it, is run where that is trusted. */
    #machine(): Machine {
        return {
            home: homedir(),
            folder: workspace.isTrusted ? folder() : undefined,
            env: process.env,
            platform: process.platform,
            python: async () => (workspace.isTrusted ? this.#python.interpreter() : undefined),
            executable,
            fault: fault(this.#folder),
        };
    }

    async #start(): Promise<void> {
        if (!this.#settings.enable) {
            this.#status.show("off");
            return;
        }
        this.#status.show("starting");
        const found = await find(this.#settings, this.#machine());
        if ("missing" in found) {
            for (const line of found.missing.tried) {
                this.#log.warn(`no server by ${line}`);
            }
            this.#status.show("failed", found.missing.tried.join("\n\n"));
            this.#missing(found.missing);
            return;
        }
        this.#command = found.command;
        const { command, args, from } = found.command;
        this.#log.info(`by ${from}: ${command} ${args.join(" ")}`);
        const client = this.#made(found.command);
        this.#client = client;
        try {
            await client.start();
        } catch (error) {
            this.#log.error(error instanceof Error ? error : String(error));
            this.#status.show("failed");
            void this.#failed();
        }
    }

    async #stop(): Promise<void> {
        const client = this.#client;
        this.#client = undefined;
        this.#command = undefined;
        try {
            await client?.dispose();
        } catch (error) {
            // It never ran, or does not answer any more: its process is ended all the same.
            this.#log.debug(String(error));
        }
    }

    #made(command: Command): LanguageClient {
        const server: Executable = {
            command: command.command,
            args: [...command.args],
            transport: TransportKind.stdio,
            options: { cwd: this.#folder },
        };
        const asked: LanguageClientOptions = {
            documentSelector: SELECTOR,
            initializationOptions: () => {
                const lambdalint = options(this.#settings, workspace.isTrusted);
                this.#told = JSON.stringify(lambdalint);
                return lambdalint;
            },
            diagnosticCollectionName: "lambdalint",
            diagnosticPullOptions: { onChange: true, onSave: true },
            outputChannel: this.#log,
            traceOutputChannel: this.#trace.channel,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            initializationFailedHandler: () => false,
        };
        const client = new LanguageClient("lambdalint", "lambdalint", server, asked);
        client.onDidChangeState(({ newState }) => {
            if (this.#client !== client) {
                return; // it was stopped, and another may run
            }
            if (newState === State.Running) {
                const version = client.initializeResult?.serverInfo?.version ?? "";
                this.#status.show("running", `${version}\n\n${command.command}`.trim());
            } else {
                this.#status.show(newState === State.Starting ? "starting" : "failed");
            }
        });
        return client;
    }

    async #failed(): Promise<void> {
        const show = "Show Log";
        if ((await window.showErrorMessage("lambdalint: the server does not start.", show)) === show) {
            this.#log.show();
        }
    }
}

function folder(): string | undefined {
    return workspace.workspaceFolders?.find((one) => one.uri.scheme === "file")?.uri.fsPath;
}

function settings(): Settings {
    const section = workspace.getConfiguration("lambdalint");
    return read((name) => section.get(name));
}
