// The frame of every page of the documentation. Nothing is loaded from elsewhere; without a script everything but the filter works.
import { escapeHtml } from './render.mjs';

export const style = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent)}
body{max-width:50rem;margin:0 auto;padding:1rem 1.25rem 4rem;font:16px/1.55 system-ui,sans-serif}
nav{border-bottom:1px solid var(--line);padding-bottom:.5rem;margin-bottom:1rem}nav a{margin-right:1rem}
pre{overflow-x:auto;padding:.75rem;border:1px solid var(--line);border-radius:.4rem}
code{font:.9em/1.45 ui-monospace,monospace}h1,h2,h3{line-height:1.25}h2{margin-top:2rem}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
li{margin:.2rem 0}.weight{font-size:.8em;border:1px solid var(--line);border-radius:.3rem;padding:0 .35rem;white-space:nowrap}
input{width:100%;box-sizing:border-box;font:inherit;padding:.4rem .6rem}
`;

/** The same page in the other language: the Chinese ones lie in a folder of their own. */
const otherLanguage = (file, language) => (language === 'en' ? `zh-cn/${file}` : `../${file}`);

/** Hides the entries of lists in which a word that is typed does not stand. */
const filter = `<script>
const field = document.querySelector('#filter');
field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\\s+/);
  for (const entry of document.querySelectorAll('main li'))
    entry.hidden = !words.every((word) => entry.textContent.toLowerCase().includes(word));
  for (const section of document.querySelectorAll('main section'))
    section.hidden = !section.querySelector('li:not([hidden])');
});
</script>`;

/**
 * @param {{file: string, title: string, body: string, words: Record<string, string>, language: string, isList?: boolean}} page
 *   `file`: path in the site, from which links to its root are made; `language`: as HTML names it
 */
export function page({ file, title, body, words, language, isList = false }) {
  const top = '../'.repeat(file.split('/').length - 1);
  const links = [
    ['index.html', 'virtlint'],
    ['rules.html', words.rules],
    ['cards.html', words.cards],
    ['elements.html', words.elements],
    [otherLanguage(file, language), words.otherLanguage],
  ].map(([to, name]) => `<a href="${top}${to}">${escapeHtml(name)}</a>`);
  const search = isList
    ? `<p><label for="filter">${escapeHtml(words.filter)}</label><input id="filter" type="search"></p>`
    : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${top}style.css">
</head>
<body>
<nav>${links.join('')}</nav>
<main>
${search}${body}
</main>
${isList ? filter : ''}
</body>
</html>
`;
}

/** A heading with a list of links; `note` and `weight` are HTML and text behind the link. */
export function list(heading, entries) {
  const lines = entries.map(
    ({ to, name, note, weight }) =>
      `<li><a href="${to}"><code>${escapeHtml(name)}</code></a>${weight ? ` <span class="weight">${escapeHtml(weight)}</span>` : ''} ${note}</li>`,
  );
  return `<section><h2>${escapeHtml(heading)}</h2>\n<ul>\n${lines.join('\n')}\n</ul></section>`;
}
