// The Python extension, where it is installed: which interpreter is chosen there.

import { type Disposable, type Event, extensions, type Uri, workspace } from "vscode";

/** What is used of its API. */
interface PythonApi {
    readonly environments: {
        getActiveEnvironmentPath(resource?: Uri): { readonly id: string; readonly path: string };
        resolveEnvironment(environment: unknown): Promise<{ readonly executable: { readonly uri: Uri | undefined } } | undefined>;
        readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
    };
}

export class Python implements Disposable {
    readonly #changed: () => void;
    #listening: Disposable | undefined;

    /** `changed` is called when another interpreter is chosen, from the first call of `interpreter` on. */
    constructor(changed: () => void) {
        this.#changed = changed;
    }

    /** The interpreter of the first folder; undefined without the extension, and where nothing is chosen. */
    async interpreter(): Promise<string | undefined> {
        const extension = extensions.getExtension<PythonApi | undefined>("ms-python.python");
        if (extension === undefined) {
            return undefined;
        }
        try {
            const environments = (await extension.activate())?.environments;
            if (environments === undefined) {
                return undefined;
            }
            this.#listening ??= environments.onDidChangeActiveEnvironmentPath(this.#changed);
            const chosen = environments.getActiveEnvironmentPath(workspace.workspaceFolders?.[0]?.uri);
            return (await environments.resolveEnvironment(chosen))?.executable.uri?.fsPath;
        } catch {
            return undefined; // it is broken, or of another age: that is no fault of ours
        }
    }

    dispose(): void {
        this.#listening?.dispose();
    }
}
