// The talk with the server, in the log where `lambdalint.trace.server` asks for it. The client by itself logs it at the
// level Trace alone, which a window may have for other reasons, and an ordinary one never has.

import { EventEmitter, LogLevel, type LogOutputChannel } from "vscode";

export interface Trace {
    /** For the client. */
    readonly channel: LogOutputChannel;
    /** Take in what the setting says: off, messages, or verbose. */
    set(setting: string): void;
    dispose(): void;
}

export function trace(log: LogOutputChannel, setting: string): Trace {
    const levels = new EventEmitter<LogLevel>();
    let level = of(setting);
    // The client asks it for these three alone; all else is the log's.
    const channel: LogOutputChannel = Object.create(log, {
        logLevel: { get: () => level },
        onDidChangeLogLevel: { value: levels.event },
        trace: { value: (message: string, ...args: unknown[]) => log.info(message, ...args) },
    });
    return {
        channel,
        set: (now) => {
            if (of(now) !== level) {
                level = of(now);
                levels.fire(level);
            }
        },
        dispose: () => levels.dispose(),
    };
}

function of(setting: string): LogLevel {
    return setting === "messages" || setting === "verbose" ? LogLevel.Trace : LogLevel.Info;
}
