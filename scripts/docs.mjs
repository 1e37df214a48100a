// `npm run docs [-- FOLDER]`: the documentation as plain HTML, of the rules' pages, the trade-off cards and the documentation of elements,
// in every language. What is made is not committed; without a folder it lies in docs/site.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { site } from './docs/site.mjs';
import { languages } from './languages.mjs';
import { inProject, main } from './project.mjs';
import { buildSupport } from './support.mjs';

await main(async () => {
  const [folder = inProject('docs', 'site')] = process.argv.slice(2);
  const { knowledgeIn } = await buildSupport('test/support/siteKnowledge.ts');
  rmSync(folder, { recursive: true, force: true });
  let count = 0;
  for (const language of [undefined, ...languages]) {
    for (const [file, text] of Object.entries(site({ ...knowledgeIn(language), language }))) {
      const target = path.join(folder, language ?? '', file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
      count += 1;
    }
  }
  console.log(`${count} files in ${path.relative(process.cwd(), folder) || '.'}`);
});
