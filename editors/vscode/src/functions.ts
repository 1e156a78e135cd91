// What the server says of the functions, as a list to pick from.

/** One function, as `lambdalint functions --output-format json` has it. */
export interface LambdaFunction {
    readonly name: string;
    readonly handler: string;
    readonly path: string | null;
    readonly row: number | null;
    readonly runtime: string | null;
    readonly called_by: readonly string[];
    readonly guessed?: boolean;
    readonly unknown?: string;
    readonly declared?: { readonly filename: string; readonly row: number } | null;
}

/** A row of the list; `path` and `row` (from 1) where Enter goes, if it goes anywhere. */
export interface Row {
    readonly label: string;
    readonly description: string;
    readonly detail: string;
    readonly path: string | undefined;
    readonly row: number;
}

/**
 * The rows, by name. What the server's answer has beside functions is passed over. `short` makes a path one to read: the
 * server names files absolutely.
 */
export function rows(answer: unknown, short: (path: string) => string = (path) => path): Row[] {
    const functions = Array.isArray(answer) ? answer.filter(isFunction) : [];
    return functions.map((one) => row(one, short)).sort((one, other) => one.label.localeCompare(other.label) || one.detail.localeCompare(other.detail));
}

function isFunction(one: unknown): one is LambdaFunction {
    return typeof one === "object" && one !== null && typeof (one as LambdaFunction).handler === "string";
}

function row(one: LambdaFunction, short: (path: string) => string): Row {
    const callers = Array.isArray(one.called_by) ? one.called_by.join(", ") : "";
    const calledBy = callers !== "" && one.guessed ? `perhaps ${callers}` : callers;
    const described = [one.name ? one.handler : "", one.runtime ?? "", calledBy];
    // Code that was not found: where it is declared says most of it.
    const path = one.path || one.declared?.filename || undefined;
    const at = (one.path ? one.row : one.declared?.row) ?? 1;
    const where = path !== undefined ? `${short(path)}:${at}` : "";
    return {
        label: one.name || one.handler,
        description: described.filter((part) => part !== "").join("  "),
        detail: [where, one.unknown ?? ""].filter((part) => part !== "").join("  "),
        path,
        row: at,
    };
}
