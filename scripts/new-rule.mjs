// `npm run new-rule area/name`: the skeleton of a rule of advice, with its page, listed in its area's index.
// What is left to do is marked with "…", and the gate of `npm run check` stays closed until the page has its examples.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inProject, main, Obstacle } from './project.mjs';

const rules = inProject('server', 'src', 'rules');

const code = (id) => `import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: '${id}',
  severity: 'warning',
  // Names that a document must have: \`disk\`, \`@cache\`. It is not asked of others.
  needs: [],
  find: (domain) => (domain.isQemu ? domain.devices('…') : []),
  say: (element) => ({
    at: nameSpan(element),
    message: say\`…\`,
  }),
});
`;

const page = (id) => `# ${id}

… (what it finds, in one sentence)

## Why

… (the trade-off, with its number and where that comes from)

## Bad

## Good

## When not to follow it

…

## Since

…

## Sources

- …
`;

/** `no-such-thing` → `noSuchThing` */
const identifier = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** An import in its alphabetical place, and an entry at the end of the list. */
function listed(index, name) {
  const line = `import { rule as ${identifier(name)} } from './${name}.ts';\n`;
  const imports = index.match(/^import .* from '\.\/.*';\n/gm) ?? [];
  const next = imports.find((one) => one.slice(one.indexOf(" from '")) > line.slice(line.indexOf(" from '")));
  const anchor = next ?? '\nexport const rules: readonly Rule[] = [';
  return index
    .replace(anchor, () => (next ? line + next : line + anchor))
    .replace(/\n?\];\n$/, (end) => `${end.startsWith('\n') ? '\n' : ','}  ${identifier(name)},\n];\n`);
}

await main(() => {
  const [id = ''] = process.argv.slice(2);
  const [area = '', name = ''] = /^([a-z][a-z-]*)\/([a-z][a-z0-9-]*)$/.exec(id)?.slice(1) ?? [];
  if (!name) throw new Obstacle('usage: npm run new-rule area/name, for example disk/cache-writeback');
  const index = path.join(rules, area, 'index.ts');
  const areas = readdirSync(rules, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  if (!existsSync(index)) throw new Obstacle(`new-rule: there is no area '${area}'; there are ${areas.join(', ')}`);
  const files = { [`${name}.ts`]: code(id), [`${name}.md`]: page(id) };
  for (const file of Object.keys(files)) {
    if (existsSync(path.join(rules, area, file)))
      throw new Obstacle(`new-rule: server/src/rules/${area}/${file} is there already`);
  }
  mkdirSync(path.join(rules, area), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(rules, area, file), text);
  writeFileSync(index, listed(readFileSync(index, 'utf8'), name));
  console.log(
    `server/src/rules/${area}/${name}.ts and .md are made and listed; look at a neighbour, then: npm run test:unit -- rules/pages`,
  );
});
