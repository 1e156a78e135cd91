// How the server is found: which command starts it.

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as paths from "node:path";

import { fill, type Settings, type Variables } from "./settings";

export const PACKAGE = '"lambdalint[server]"';

/** A command that starts the server. `from`: where it was found, for the log. */
export interface Command {
    readonly command: string;
    readonly args: readonly string[];
    readonly from: string;
}

/** Where the server was looked for in vain, and why each place is none. `interpreter`: the one that should have it. */
export interface Missing {
    readonly tried: readonly string[];
    readonly interpreter: string | undefined;
}

export type Found = { readonly command: Command } | { readonly missing: Missing };

/** What looking for it needs of the machine. */
export interface Machine extends Variables {
    readonly platform: NodeJS.Platform;
    /** The interpreter that the Python extension has chosen, where there is that extension. */
    python(): Promise<string | undefined>;
    /** The path of an executable, or undefined where there is none at it. */
    executable(path: string): Promise<string | undefined>;
    /** Why a command starts no server, or undefined where it does. */
    fault(command: string, args: readonly string[]): Promise<string | undefined>;
}

/**
 * Find it: what is set counts, and nothing else where that is no server; else the Python extension's interpreter, where it
 * has one; else `lambdalint` on PATH.
 */
export async function find(settings: Settings, machine: Machine): Promise<Found> {
    const args = ["server", ...settings.args.map((one) => fill(one, machine))];
    const tried: string[] = [];
    let interpreter: string | undefined;

    const attempt = async (named: string, from: string, module: boolean): Promise<Command | undefined> => {
        const command = await locate(named, machine);
        if (command === undefined) {
            tried.push(`${from}: ${named} is not there, or cannot be run`);
            return undefined;
        }
        const all = module ? ["-m", "lambdalint", ...args] : args;
        const fault = await machine.fault(command, all);
        if (fault === undefined) {
            return { command, args: all, from };
        }
        if (module) {
            interpreter = command;
        }
        tried.push(`${from}: ${command}: ${fault}`);
        return undefined;
    };

    let found: Command | undefined;
    if (settings.path !== "") {
        found = await attempt(settings.path, "lambdalint.path", false);
    } else if (settings.interpreter !== "") {
        found = await attempt(settings.interpreter, "lambdalint.interpreter", true);
    } else {
        const python = await machine.python();
        found = python !== undefined ? await attempt(python, "the Python extension", true) : undefined;
        found ??= await attempt("lambdalint", "PATH", false);
    }
    return found !== undefined ? { command: found } : { missing: { tried, interpreter } };
}

/** An executable by what names it: a path, of the workspace's folder where it is relative, or a name on PATH. */
async function locate(named: string, machine: Machine): Promise<string | undefined> {
    const path = machine.platform === "win32" ? paths.win32 : paths.posix;
    const filled = fill(named, machine);
    if (path.isAbsolute(filled)) {
        return machine.executable(filled);
    }
    if (/[/\\]/.test(filled)) {
        return machine.folder !== undefined ? machine.executable(path.join(machine.folder, filled)) : undefined;
    }
    const variable = machine.env["PATH"] ?? machine.env["Path"] ?? "";
    for (const folder of variable.split(path.delimiter)) {
        // A relative folder of PATH would be one of whatever is open.
        const found = path.isAbsolute(folder) ? await machine.executable(path.join(folder, filled)) : undefined;
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** `Machine.executable` of this machine. */
export async function executable(path: string): Promise<string | undefined> {
    const windows = process.platform === "win32";
    for (const candidate of windows && !/\.(exe|com)$/i.test(path) ? [`${path}.exe`] : [path]) {
        try {
            await access(candidate, windows ? constants.F_OK : constants.X_OK);
            if ((await stat(candidate)).isFile()) {
                return candidate;
            }
        } catch {
            // There is none.
        }
    }
    return undefined;
}

/**
 * `Machine.fault` of this machine: the server is started, with nothing to read, so that it ends at once. It says by itself
 * what is missing, and what of its arguments is wrong.
 *
 * `folder`: where it runs. Python takes modules from there before its own: it must hold none, and never what is open.
 */
export function fault(folder: string, milliseconds = 20_000): Machine["fault"] {
    return (command, args) =>
        new Promise((resolve) => {
            const ran = { cwd: folder, timeout: milliseconds, windowsHide: true };
            const child = execFile(command, [...args], ran, (error, _, said) => {
                if (error === null) {
                    resolve(undefined);
                } else if (error.killed) {
                    resolve(`did not end within ${milliseconds / 1000} s`);
                } else {
                    resolve(lastLine(said) ?? lastLine(error.message) ?? "failed");
                }
            });
            child.stdin?.on("error", () => {}); // it ended before it read
            child.stdin?.end();
        });
}

function lastLine(text: string): string | undefined {
    return text.trimEnd().split("\n").at(-1)?.trim() || undefined;
}

/** How to install it: for a terminal, as the shell there takes it. */
export function installation(missing: Missing, platform: NodeJS.Platform): string {
    const { interpreter } = missing;
    if (interpreter === undefined) {
        return `pip install ${PACKAGE}`;
    }
    const quoted = /^[\w@%+=:,./\\-]+$/.test(interpreter) ? interpreter : `"${interpreter}"`;
    const called = platform === "win32" && quoted !== interpreter ? `& ${quoted}` : quoted;
    return `${called} -m pip install ${PACKAGE}`;
}
