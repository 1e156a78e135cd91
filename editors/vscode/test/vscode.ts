// In the place of the module that VS Code gives its extensions: whatever is asked for is there, and does nothing. With it
// the client can be made in Node, and asked what it tells servers of itself.

type Known = Record<string, unknown>;

/** What is known, and for all else something that can be called, extended and asked. */
function anything(known: Known = {}): unknown {
    return new Proxy(class {}, {
        get: (target, name) =>
            typeof name === "symbol" || name === "prototype" || name in target
                ? Reflect.get(target, name)
                : name in known
                  ? known[name]
                  : anything(),
        apply: () => undefined,
    });
}

module.exports = anything({
    version: "1.91.0",
    env: anything({ appName: "Visual Studio Code", language: "en" }),
    workspace: anything({ workspaceFolders: undefined }),
    LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
    EventEmitter: class {
        event = () => ({ dispose() {} });
        fire() {}
    },
});
