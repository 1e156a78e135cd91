// The settings, and what the server is told of them.

export interface Settings {
    readonly enable: boolean;
    readonly path: string;
    readonly interpreter: string;
    readonly args: readonly string[];
    readonly run: string;
    readonly debounce: number;
    readonly scope: string;
    readonly plugins: boolean;
    readonly trace: string;
}

/** What the server takes, at its start and whenever it changes. */
export interface Options {
    readonly run: "onType" | "onSave";
    readonly debounce: number;
    readonly scope: "project" | "open";
    readonly plugins: boolean;
}

/** The settings as VS Code gives them one by one; what is not of its kind, which it lets pass, is as if it were not set. */
export function read(get: (name: string) => unknown): Settings {
    const text = (name: string, otherwise = ""): string => {
        const value = get(name);
        return typeof value === "string" ? value.trim() : otherwise;
    };
    const flag = (name: string, otherwise: boolean): boolean => {
        const value = get(name);
        return typeof value === "boolean" ? value : otherwise;
    };
    const args = get("args");
    const debounce = get("debounce");
    return {
        enable: flag("enable", true),
        path: text("path"),
        interpreter: text("interpreter"),
        args: Array.isArray(args) ? args.filter((one): one is string => typeof one === "string") : [],
        run: text("run", "onType"),
        debounce: typeof debounce === "number" && debounce >= 0 ? Math.min(debounce, 60_000) : 100,
        scope: text("scope", "project"),
        plugins: flag("plugins", false),
        trace: text("trace.server", "off"),
    };
}

/** What the server is told. Plug-ins are code of the workspace: who does not trust it runs none, whatever is set. */
export function options(settings: Settings, trusted: boolean): Options {
    return {
        run: settings.run === "onSave" ? "onSave" : "onType",
        debounce: settings.debounce,
        scope: settings.scope === "open" ? "open" : "project",
        plugins: settings.plugins && trusted,
    };
}

/** Whether another server has to be started, or the running one to end. Plug-ins, once they are loaded, stay. */
export function needsRestart(before: Settings, after: Settings): boolean {
    return (
        before.enable !== after.enable ||
        before.path !== after.path ||
        before.interpreter !== after.interpreter ||
        before.plugins !== after.plugins ||
        JSON.stringify(before.args) !== JSON.stringify(after.args)
    );
}

/** What variables stand for. */
export interface Variables {
    readonly home: string;
    readonly folder: string | undefined;
    readonly env: Readonly<Record<string, string | undefined>>;
}

/** A text with its variables filled in; one that stands for nothing is left as it is written, so that the log tells of it. */
export function fill(text: string, variables: Variables): string {
    const home = text.replace(/^~(?=$|[/\\])/, () => variables.home);
    return home.replace(/\$\{(userHome|workspaceFolder|env:([^}]+))\}/g, (whole, name: string, env?: string) => {
        const value = env !== undefined ? variables.env[env] : name === "userHome" ? variables.home : variables.folder;
        return value ?? whole;
    });
}
