// The documentation as files of a site: path → content.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gatherPages } from '../pages.mjs';
import { inProject } from '../project.mjs';
import { escapeHtml, render, summaryOf, titleOf } from './render.mjs';
import { list, page, style } from './template.mjs';
import { words as allWords } from './words.mjs';

/**
 * @param {{
 *   rules: readonly {id: string, page: string, severity: string}[],
 *   cards: readonly {file: string, title: string, path: string, since?: string, sources: readonly string[], markdown: string}[],
 *   translated: (english: string, translation: string | undefined) => string,
 *   language?: string,
 * }} given what the project knows, in the language; English without one
 * @returns {Record<string, string>}
 */
export function site({ rules, cards, translated, language }) {
  const words = allWords[language ?? 'en'];
  const html = (file, title, body, isList) =>
    page({ file, title, body, words, isList, language: language === 'zh-cn' ? 'zh-Hans' : 'en' });
  const translations = language ? gatherPages(language) : {};
  const pages = Object.fromEntries(
    Object.entries(gatherPages()).map(([id, text]) => [id, translated(text, translations[id])]),
  );
  const files = { 'style.css': style };

  for (const [id, text] of Object.entries(pages))
    files[`rules/${id}.html`] = html(`rules/${id}.html`, titleOf(text), render(text));
  for (const card of cards) {
    const to = `cards/${card.file}.html`;
    files[to] = html(to, card.title, render(cardText(card, words)));
  }
  for (const { name, text } of markdownIn('server/src/knowledge/elements', '**/*.md', language)) {
    const to = `elements/${name}.html`;
    files[to] = html(to, titleOf(text), render(text.replaceAll(/^link: (\S+)$/gm, '<$1>\n')));
  }
  for (const { name, text } of markdownIn('docs', '{*,editors/*}.md', undefined)) {
    const to = `guide/${name}.html`;
    files[to] = html(to, titleOf(text), render(text));
  }

  files['rules.html'] = html('rules.html', words.rules, ruleLists(pages, rules, words), true);
  files['cards.html'] = html('cards.html', words.cards, cardLists(cards), true);
  files['elements.html'] = html('elements.html', words.elements, elementList(files, words), true);
  files['index.html'] = html('index.html', 'virtlint', front(files, words), true);
  return files;
}

function cardText({ title, path: place, since, sources, markdown }, words) {
  const facts = [`\`${place}\``, ...(since ? [`${words.since} ${since}`] : [])].join(' · ');
  return `# ${title}\n\n${facts}\n\n${markdown}\n\n## ${words.source}\n\n${sources.map((one) => `- ${one}`).join('\n')}\n`;
}

/** Files of a folder, the translated ones in the place of the English. */
function markdownIn(folder, pattern, language) {
  return globSync(pattern, { cwd: inProject(folder) })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !/\.[a-z]{2}-[a-z]{2}\.md$/.test(file))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.md'.length);
      const [translated] = language ? globSync(`${name}.${language}.md`, { cwd: inProject(folder) }) : [];
      return { name, text: readFileSync(inProject(folder, translated ?? file), 'utf8') };
    });
}

function ruleLists(pages, rules, words) {
  const weights = Object.groupBy(rules, (rule) => rule.page);
  const entries = Object.entries(pages).map(([id, text]) => ({
    area: id.split('/')[0],
    to: `rules/${id}.html`,
    name: id,
    note: summaryOf(text),
    weight: [...new Set((weights[id] ?? []).map(({ severity }) => words[severity]))].join(', '),
  }));
  return `<h1>${words.rules}</h1>\n${listsBy(entries)}`;
}

function cardLists(cards) {
  const entries = cards.map(({ file, title, path: place }) => ({
    area: file.split('/')[0],
    to: `cards/${file}.html`,
    name: place.replace(/^domain\//, ''),
    note: escapeHtml(title),
  }));
  return listsBy(entries);
}

function elementList(files, words) {
  const entries = Object.entries(files)
    .filter(([file]) => file.startsWith('elements/'))
    .map(([to, text]) => ({ to, name: to.slice('elements/'.length, -'.html'.length), note: titleIn(text) }));
  return list(words.elements, entries);
}

function front(files, words) {
  const count = (folder) => Object.keys(files).filter((file) => file.startsWith(folder)).length;
  const guides = Object.entries(files)
    .filter(([file]) => file.startsWith('guide/'))
    .map(([to, text]) => ({ to, name: titleIn(text), note: '' }));
  const parts = ['rules', 'cards', 'elements'].map((part) => ({
    to: `${part}.html`,
    name: words[part],
    note: String(count(`${part}/`)),
  }));
  return `<h1>virtlint</h1>\n${list('libvirt domain XML', [...parts, ...guides])}`;
}

const titleIn = (text) => /<title>(.*?)<\/title>/.exec(text)?.[1] ?? '';

function listsBy(entries) {
  return Object.entries(Object.groupBy(entries, ({ area }) => area))
    .map(([area, ones]) => list(area, ones))
    .join('\n');
}
