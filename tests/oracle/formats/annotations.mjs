// What GitHub's and Azure's own libraries make of annotations. In, as JSON: `github`, objects with a level, a message
// and properties, and `azure`, lines. Out, as JSON: the lines that GitHub's library writes, and what Azure's reads.
import * as core from "@actions/core";
import { commandFromString } from "azure-pipelines-task-lib/taskcommand.js";
import { readFileSync } from "node:fs";

const { github, azure } = JSON.parse(readFileSync(0, "utf-8"));
const written = [];
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => written.push(text);
for (const { level, message, properties } of github) core[level](message, properties);
process.stdout.write = write;
const read = azure.map((line) => commandFromString(line));
write(JSON.stringify({ github: written, azure: read }));
