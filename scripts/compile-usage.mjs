// Makes schemas/usage.json, how often domains use each element, attribute and value, of a folder of domains.
//
//     node scripts/compile-usage.mjs FOLDER [TARGET]
//
// FOLDER holds domains as *.xml: libvirt's own test inputs, or any others. Only numbers are taken over: in how many domains a name of
// the grammar stands in its place. Values are counted only where they are words of the grammar, so that no text of a domain gets in.

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const [folder, target = path.join(import.meta.dirname, '../schemas/usage.json')] = process.argv.slice(2);
if (!folder) throw new Error('usage: compile-usage.mjs FOLDER [TARGET]');

/** What fewer domains than this have is chance. */
const FEWEST = 2;

const table = JSON.parse(readFileSync(path.join(import.meta.dirname, '../schemas/grammar/domain.json'), 'utf8'));
const words = new Set(table.nodes.filter(([kind]) => kind === 'value').map(([, word]) => word));
const isWord = (text) => words.has(text) && /[a-z]/.test(text);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
});
const ATTRIBUTES = ':@';
const TEXT = '#text';

/** Every use of one node and below, once each: `disk`, `disk/@type`, `disk/@type=file`, `on_crash=restart`. */
function usesOf(node, above, uses) {
  const [name] = Object.keys(node).filter((key) => key !== ATTRIBUTES);
  if (name === undefined || name === TEXT || name.includes(':') || name.startsWith('?')) return;
  const here = above + name;
  uses.add(here);
  for (const [attribute, value] of Object.entries(node[ATTRIBUTES] ?? {})) {
    if (attribute.startsWith('xmlns')) continue;
    uses.add(`${here}/@${attribute}`);
    if (isWord(value)) uses.add(`${here}/@${attribute}=${value}`);
  }
  for (const child of node[name]) {
    const text = child[TEXT];
    if (typeof text === 'string' && isWord(text.trim())) uses.add(`${here}=${text.trim()}`);
    usesOf(child, `${here}/`, uses);
  }
}

const counts = new Map();
let domains = 0;
for (const file of globSync('*.xml', { cwd: folder }).sort()) {
  const root = parser.parse(readFileSync(path.join(folder, file), 'utf8')).find((node) => 'domain' in node);
  if (!root) continue;
  domains++;
  const uses = new Set();
  usesOf(root, '', uses);
  for (const use of uses) counts.set(use, (counts.get(use) ?? 0) + 1);
}

/** As a tree, so that no path is written twice. */
const tree = { count: domains, parts: {} };
for (const [use, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (count < FEWEST) continue;
  const [place, value] = use.split('=');
  const steps = place.split('/');
  // The text of an element stands among its children: the `=` tells it from them.
  if (value !== undefined) steps.push(steps.at(-1).startsWith('@') ? value : `=${value}`);
  let at = tree;
  for (const step of steps) {
    at.parts[step] ??= { count: 0, parts: {} };
    at = at.parts[step];
  }
  at.count = count;
}

/** A number, or [number, parts]; one line for each element and attribute, so that a change shows as a diff that can be read. */
function written({ count, parts }, indent) {
  const all = Object.entries(parts);
  if (!all.length) return String(count);
  const isFlat = all.every(([, part]) => Object.keys(part.parts).length === 0);
  const [open, between, deeper] = isFlat ? ['', ',', ''] : [`\n${indent} `, `,\n${indent} `, `${indent} `];
  const members = all.map(([name, part]) => `${JSON.stringify(name)}:${written(part, deeper)}`);
  return `[${count},{${open}${members.join(between)}}]`;
}
const text = `${written(tree, '')}\n`;
writeFileSync(target, text);
console.log(`${path.relative(process.cwd(), target)}: ${domains} domains, ${text.length} bytes`);
