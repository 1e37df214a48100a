// `npm run l10n`: what is translated and what is not, by language and room; puts entries where they belong.
// usage: l10n.mjs [missing [PATH]]   PATH: the beginning of rooms (server/rules/disk) or of pages (server/src/knowledge/cards)
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from './languages.mjs';
import { inProject, main } from './project.mjs';
import { buildSupport } from './support.mjs';

const { COMMON, translationsOf, untranslated, wantedTexts } = await buildSupport('test/support/l10n/translations.ts');
const { untranslatedPages } = await buildSupport('test/support/l10n/pages.ts');

const roomFor = ({ rooms }) => (rooms.size === 1 ? [...rooms][0] : COMMON);

/** Entries in the order of the sources, each in the file of its room; what is said no more goes. */
function tidy(language) {
  const known = new Map(translationsOf(language).map(({ key, text }) => [key, text]));
  const rooms = new Map();
  for (const wanted of wantedTexts().values()) {
    if (!known.has(wanted.key)) continue;
    const room = roomFor(wanted);
    rooms.set(room, { ...rooms.get(room), [wanted.key]: known.get(wanted.key) });
  }
  for (const room of new Set(translationsOf(language).map((one) => one.room)))
    if (!rooms.has(room)) rmSync(inProject('l10n', language, `${room}.json`));
  for (const [room, texts] of rooms) {
    const file = inProject('l10n', language, `${room}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
  }
}

/** Texts that lack a translation, ready to be filled in. */
function printMissing(language, place) {
  const texts = untranslated(language).filter((wanted) => roomFor(wanted).startsWith(place));
  const pages = untranslatedPages(language).filter((file) => file.startsWith(place));
  console.log(JSON.stringify(Object.fromEntries(texts.map(({ key }) => [key, ''])), null, 2));
  for (const page of pages) console.log(page);
}

function printCounts(language) {
  const counts = new Map();
  const count = (room, index) => {
    const row = counts.get(room) ?? [0, 0];
    row[index] += 1;
    counts.set(room, row);
  };
  const missing = new Set(untranslated(language).map(({ key }) => key));
  for (const wanted of wantedTexts().values()) count(roomFor(wanted), missing.has(wanted.key) ? 1 : 0);
  for (const page of untranslatedPages(language)) count(path.posix.dirname(page), 1);
  for (const [room, [done, open]] of [...counts].sort())
    if (open > 0) console.log(`${language} ${room}: ${open} missing, ${done} there`);
}

await main(() => {
  const [wish, place = ''] = process.argv.slice(2);
  for (const language of languages) {
    if (wish === 'missing') printMissing(language, place);
    else {
      tidy(language);
      printCounts(language);
    }
  }
});
