// Makes schemas/cpu-features.json, the CPU features that libvirt knows and no model of schemas/cpu-models.json has.
//
//     node scripts/compile-cpu-features.mjs FOLDER...
//
// Each FOLDER is a cpu_map of libvirt (/usr/share/libvirt/cpu_map of an installation); what any of them names is known. Only
// names are taken over: of x86 those that no model has, with what QEMU and Linux call them otherwise, and all of 64 bit ARM.
// The vmx-* features are left out, as in the table of models.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const folders = process.argv.slice(2);
if (!folders.length) throw new Error('usage: compile-cpu-features.mjs FOLDER...');

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => ['feature', 'alias'].includes(name),
});
const featuresIn = (file) =>
  folders.flatMap((folder) => parser.parse(readFileSync(path.join(folder, file), 'utf8')).cpus.feature);
const schemas = path.join(import.meta.dirname, '../schemas');
const { models } = JSON.parse(readFileSync(path.join(schemas, 'cpu-models.json'), 'utf8'));
const ofModels = new Set(models.x86.flatMap(({ add = '' }) => add.split(' ')));

const x86 = featuresIn('x86_features.xml');
const beyond = x86.map(({ name }) => name).filter((name) => !ofModels.has(name) && !name.startsWith('vmx-'));
const aliases = x86.flatMap(({ name, alias = [] }) => alias.map((other) => [other.name, name]));
const arm = featuresIn('arm_features.xml').map(({ name }) => name);

const names = (list) => JSON.stringify([...new Set(list)].join(' '));
const pairs = [...new Map(aliases.sort())].map(
  ([name, meant]) => `    ${JSON.stringify(name)}: ${JSON.stringify(meant)}`,
);
writeFileSync(
  path.join(schemas, 'cpu-features.json'),
  `{\n  "x86": ${names(beyond.sort())},\n  "x86Aliases": {\n${pairs.join(',\n')}\n  },\n  "arm": ${names(arm)}\n}\n`,
);
