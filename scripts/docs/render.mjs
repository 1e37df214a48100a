// Markdown to HTML for the documentation: headings have the anchors that GitHub and VS Code give them, links lead from page to page.
import MarkdownIt from 'markdown-it';

/** The anchor of a heading, as GitHub names it. */
export const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

const REPOSITORY = 'https://github.com/virtlint/virtlint/blob/main/';

/** A link to a Markdown file becomes one to its page; one to another file of the project leads to the repository. */
function linkOf(href) {
  if (/^[a-z]+:/i.test(href)) return href;
  const [file] = href.split('#');
  return file === '' || file.endsWith('.md')
    ? href.replace(/\.md(?=$|#)/, '.html')
    : href.replace(/^(?:\.\.\/)+/, REPOSITORY);
}

const markdown = new MarkdownIt({ html: false, linkify: false });

markdown.core.ruler.push('anchors', ({ tokens }) => {
  for (const [index, token] of tokens.entries()) {
    const content = tokens[index + 1]?.content ?? '';
    if (token.type === 'heading_open') token.attrSet('id', anchorOf(content.replaceAll('`', '')));
    for (const inline of token.children ?? [])
      if (inline.type === 'link_open') inline.attrSet('href', linkOf(inline.attrGet('href') ?? ''));
  }
});

/** @param {string} text Markdown @returns {string} HTML; HTML in the text stays text */
export const render = (text) => markdown.render(text);

/** The first heading, without Markdown. */
export const titleOf = (text) => (/^# (.+)$/m.exec(text)?.[1] ?? '').replaceAll('`', '');

/** The first sentence below the first heading: what a list says of a page. */
export function summaryOf(text) {
  const [, paragraph = ''] = /^# .+\n+((?:(?!#|```).+\n?)+)/m.exec(text) ?? [];
  return markdown.renderInline(paragraph.replaceAll('\n', ' ').replace(/^(.+?[.。])(?:\s.*)?$/, '$1'));
}

export const escapeHtml = (text) => markdown.utils.escapeHtml(text);
