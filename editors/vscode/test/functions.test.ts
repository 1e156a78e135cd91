import assert from "node:assert/strict";
import { test } from "node:test";

import { rows } from "../src/functions";

const ORDERS = {
    name: "Orders",
    handler: "app.handler",
    path: "orders/app.py",
    row: 16,
    runtime: "python3.13",
    called_by: ["sqs", "schedule"],
    guessed: false,
    unknown: "",
    declared: { filename: "template.yaml", row: 11, column: 3 },
};

test("a function is told by its name, its handler, what runs it and what calls it", () => {
    assert.deepEqual(rows([ORDERS]), [
        { label: "Orders", description: "app.handler  python3.13  sqs, schedule", detail: "orders/app.py:16", path: "orders/app.py", row: 16 },
    ]);
});

test("one of the code alone is told by its handler, and by who perhaps calls it", () => {
    const found = { ...ORDERS, name: "", runtime: null, called_by: ["sqs"], guessed: true, declared: null };
    assert.deepEqual(rows([found]).map((one) => [one.label, one.description]), [["app.handler", "perhaps sqs"]]);
});

test("one whose code is not found leads to where it is declared", () => {
    const lost = { ...ORDERS, path: "", row: 0, unknown: "no module app" };
    const [row] = rows([lost]);
    assert.deepEqual([row?.path, row?.row, row?.detail], ["template.yaml", 11, "template.yaml:11  no module app"]);
    assert.equal(rows([{ ...lost, path: null, declared: null }])[0]?.path, undefined);
});

test("a path is shown short, and gone to whole", () => {
    const [row] = rows([{ ...ORDERS, path: "/project/app.py" }], (path) => path.slice("/project/".length));
    assert.deepEqual([row?.detail, row?.path], ["app.py:16", "/project/app.py"]);
});

test("they stand by their names", () => {
    const labels = rows(["b", "A", "c"].map((name) => ({ ...ORDERS, name }))).map((one) => one.label);
    assert.deepEqual(labels, ["A", "b", "c"]);
});

test("what is no list of functions is none", () => {
    for (const answer of [null, undefined, {}, "text", [null, 3, {}]]) {
        assert.deepEqual(rows(answer), []);
    }
});
