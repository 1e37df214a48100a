/** The edits that mend what the parser found, best first. */
import type { Fix, TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { lineEnd } from './characters.ts';
import { attributeEnd, removeAttribute, renameElement, setAttribute, setValue } from './edits.ts';
import { indentation, lineBreak, startsLine, withLine } from './layout.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement, XmlProblem, XmlProblemCode, XmlText } from './tree.ts';

type Mender = (problem: XmlProblem, document: XmlDocument) => Fix[];

/** The fixes of a problem; the first is the preferred one, unless the choice is the author's. */
export function problemFixes(problem: XmlProblem, document: XmlDocument): Fix[] {
  const fixes = menders[problem.code]?.(problem, document) ?? [];
  if (authorsChoice.has(problem.code)) return fixes;
  return fixes.map((fix, index) => (index === 0 ? { ...fix, preferred: true } : fix));
}

/** What these remove or leave empty only the author can judge. */
const authorsChoice = new Set<XmlProblemCode>(['attribute-without-value', 'second-root', 'text-outside-root']);

/** Namespaces whose prefixes everyone writes alike: libvirt's own for each driver, and libosinfo's. */
const namespaces = new Map([
  ...['qemu', 'lxc', 'xen', 'bhyve', 'vmware'].map(
    (driver) => [driver, `http://libvirt.org/schemas/domain/${driver}/1.0`] as const,
  ),
  ['libosinfo', 'http://libosinfo.org/xmlns/libvirt/domain/1.0'] as const,
]);

const menders: Partial<Record<XmlProblemCode, Mender>> = {
  'unclosed-element': ({ node }, document) => (node?.kind === 'element' ? closeElement(node, document) : []),
  'unclosed-start-tag': ({ node }) => (node?.kind === 'element' ? closeStartTag(node) : []),
  'unclosed-end-tag': (problem) => [fix(say`Write \`</${problem.name}>\``, replace(problem, `</${problem.name}>`))],
  'stray-end-tag': (problem, { text }) => [
    fix(say`Remove \`</${problem.name}>\``, replace(withLine(problem, text), '')),
  ],
  'mismatched-end-tag': (problem) => {
    const { node } = problem;
    if (node?.kind !== 'element') return [];
    const changeEnd = fix(say`Change \`</${problem.name}>\` to \`</${node.name}>\``, replace(problem, node.name));
    const changeStart = fix(
      say`Change \`<${node.name}>\` to \`<${problem.name}>\``,
      ...renameElement(node, problem.name).slice(0, 1),
    );
    return problem.name === '' ? [changeEnd] : [changeEnd, changeStart];
  },
  'end-tag-without-slash': ({ start, name }) => [fix(say`Change to \`</${name}>\``, insert(start + 1, '/'))],
  'stray-less-than': (problem, { text, root }) => {
    const asText = fix(say`Write \`&lt;\``, replace(problem, '&lt;'));
    const remove = fix(say`Remove \`<\``, replace(withLine(problem, text), ''));
    const outside = problem.node?.kind === 'element' && (!problem.node.parent || !root);
    const alone = text.slice(problem.end, lineEnd(text, problem.end)).trim() === '';
    return outside ? [remove] : alone ? [remove, asText] : [asText, remove];
  },
  'stray-slash': ({ start, end }, { text }) => [
    fix(say`Remove \`/\``, replace({ start: text[start - 1] === ' ' ? start - 1 : start, end }, '')),
  ],
  'junk-in-tag': (problem, { text }) => {
    const shown = text.slice(problem.start, problem.end).trim();
    return [fix(shown === '' || shown.length > 40 ? say`Remove it` : say`Remove \`${shown}\``, replace(problem, ''))];
  },
  'missing-space': ({ start }) => [fix(say`Add a blank`, insert(start, ' '))],
  'duplicate-attribute': ({ node, name }, document) => {
    if (node?.kind !== 'attribute') return [];
    const first = node.parent.attributes.find((attribute) => attribute.name === name);
    const removal = (attribute: XmlAttribute) =>
      fix(say`Remove \`${name}='${attribute.value}'\``, ...removeAttribute(attribute, document));
    return first && first.value !== node.value ? [removal(node), removal(first)] : [removal(node)];
  },
  'attribute-without-value': ({ node, name }, document) => {
    if (node?.kind !== 'attribute') return [];
    return [
      fix(say`Give \`${name}\` an empty value`, ...setValue(node, node.value, document)),
      fix(say`Remove \`${name}\``, ...removeAttribute(node, document)),
    ];
  },
  'unclosed-value': ({ node }, document) => (node?.kind === 'attribute' ? [closeValue(node, document)] : []),
  'unquoted-value': ({ node, name }, document) => {
    if (node?.kind !== 'attribute') return [];
    return [fix(say`Put the value of \`${name}\` in quotes`, ...setValue(node, node.value, document))];
  },
  'stray-ampersand': (problem) =>
    problem.name === ''
      ? [fix(say`Write \`&amp;\``, replace(problem, '&amp;'))]
      : [fix(say`Write \`&${problem.name};\``, insert(problem.end, ';')), escapeAmpersand(problem)],
  'unknown-entity': (problem) => [escapeAmpersand(problem)],
  'bad-character-reference': (problem) => [
    fix(say`Remove \`&${problem.name};\``, replace(problem, '')),
    escapeAmpersand(problem),
  ],
  'control-character': (problem) => [fix(say`Remove it`, replace(problem, ''))],
  'unclosed-comment': (problem, document) => {
    const end = lineEnd(document.text, problem.start);
    const content = document.text.slice(problem.end, end);
    // what was meant as the end of the comment: `--`, `->`, `-- >`
    const attempt = /(?:\s*-[-\s]*>?)?\s*$/.exec(content)?.index ?? content.length;
    return [fix(say`Close the comment`, replace({ start: problem.end + attempt, end }, ' -->'))];
  },
  'double-hyphen-in-comment': ({ start }, { text, comments }) => {
    const comment = comments.find((candidate) => candidate.start < start && start < candidate.end);
    if (!comment) return [];
    const span = { start: comment.start + 4, end: comment.end - 3 };
    const content = text.slice(span.start, span.end).replace(/-{2,}/g, '-').replace(/-$/, '- ');
    return [fix(say`Write single hyphens`, replace(span, content))];
  },
  'unclosed-cdata': ({ end }, { text }) => [fix(say`Close the CDATA section`, insert(endOfRest(end, text), ']]>'))],
  'cdata-end-in-text': (problem) => [fix(say`Write \`]]&gt;\``, replace(problem, ']]&gt;'))],
  'unclosed-declaration': ({ start }, { text }) => [
    fix(say`Remove the declaration`, replace(withLine({ start, end: lineEnd(text, start) }, text), '')),
  ],
  'bad-declaration': (problem, { text }) => [fix(say`Remove the declaration`, replace(withLine(problem, text), ''))],
  'unclosed-processing-instruction': ({ end }, { text }) => {
    const rest = endOfRest(end, text);
    const span = { start: text[rest - 1] === '>' ? rest - 1 : rest, end: rest };
    return [fix(say`Close it with \`?>\``, replace(span, '?>'))];
  },
  'bad-processing-instruction': ({ start }, { text }) => {
    const end = text.indexOf('?>', start);
    return end < 0 ? [] : [fix(say`Remove it`, replace(withLine({ start, end: end + 2 }, text), ''))];
  },
  'misplaced-xml-declaration': (problem, { text }) => {
    const documentStart = text.startsWith('\ufeff') ? 1 : 0;
    const before = { start: documentStart, end: problem.start };
    return text.slice(before.start, before.end).trim() === ''
      ? [fix(say`Remove what stands before it`, replace(before, ''))]
      : [fix(say`Remove the XML declaration`, replace(withLine(problem, text), ''))];
  },
  'bad-xml-declaration': (problem) => [
    fix(say`Write the usual XML declaration`, replace(problem, "<?xml version='1.0' encoding='UTF-8'?>")),
  ],
  'unbound-prefix': ({ name }, document) => {
    const namespace = namespaces.get(name);
    if (!namespace || !document.root) return [];
    return [fix(say`Add \`xmlns:${name}\``, ...setAttribute(document.root, `xmlns:${name}`, namespace, document))];
  },
  'text-outside-root': (problem, { text }) => [fix(say`Remove the text`, replace(withLine(problem, text), ''))],
  'second-root': ({ node, name }, { text }) =>
    node?.kind === 'element' ? [fix(say`Remove \`<${name}>\``, replace(withLine(node, text), ''))] : [],
};

/** The end tag goes behind the element's content: into its line, or below its children. */
function closeElement(element: XmlElement, document: XmlDocument): Fix[] {
  const { text } = document;
  const { name } = element;
  let at = element.startTagEnd;
  let below = false;
  for (const child of element.children) {
    if (child.kind === 'text' && child.value.trim() === '') continue;
    at = child.kind === 'text' ? endOfText(child, text) : child.end;
    below = child.kind === 'element' && startsLine(text, child.start);
  }
  const gap = below ? lineBreak(text) + indentation(text, element.start) : '';
  const addEndTag = fix(say`Add \`</${name}>\``, insert(at, `${gap}</${name}>`));
  if (at > element.startTagEnd || !element.startTagClosed) return [addEndTag];
  const makeEmpty = fix(say`Make \`<${name}/>\` empty`, insert(element.startTagEnd - 1, '/'));
  // what has attributes is likely complete: `<target dev='vda'>` lacks only its slash
  return element.attributes.length > 0 ? [makeEmpty, addEndTag] : [addEndTag, makeEmpty];
}

/** Behind what is written; a CDATA section ends with its mark, within which no tag is one. */
function endOfText({ start, end }: XmlText, text: string): number {
  return text.startsWith(']]>', end) ? end + ']]>'.length : start + text.slice(start, end).trimEnd().length;
}

function closeStartTag(element: XmlElement): Fix[] {
  const asEmpty = fix(say`Close the tag with \`/>\``, insert(element.startTagEnd, '/>'));
  const asOpen = fix(say`Close the tag with \`>\``, insert(element.startTagEnd, '>'));
  return element.selfClosing ? [asEmpty] : [asOpen];
}

/** Where the whole tag breaks off with the value, its end is added too: the parser tells the two as one. */
function closeValue(attribute: XmlAttribute, { text }: XmlDocument): Fix {
  const { parent, name, quote, valueEnd } = attribute;
  if (attribute.closed) {
    return fix(
      say`End the value of \`${name}\` with the quote it starts with`,
      replace({ start: valueEnd, end: valueEnd + 1 }, quote),
    );
  }
  const tagEnd =
    parent.startTagClosed || parent.startTagEnd > attributeEnd(attribute, text) ? '' : parent.selfClosing ? '/>' : '>';
  const title = tagEnd === '' ? say`Add the closing quote` : say`Add the closing quote and \`${tagEnd}\``;
  return fix(title, insert(valueEnd, quote + tagEnd));
}

function escapeAmpersand({ start }: XmlProblem): Fix {
  return fix(say`Write \`&amp;\``, replace({ start, end: start + 1 }, '&amp;'));
}

/** The end of the line or the next `<`: as far as the parser takes what is never closed. */
function endOfRest(from: number, text: string): number {
  const nextTag = text.indexOf('<', from);
  const end = lineEnd(text, from);
  return nextTag < 0 ? end : Math.min(end, nextTag);
}

function fix(title: string, ...edits: TextEdit[]): Fix {
  return { title, edits };
}

function replace({ start, end }: Span, newText: string): TextEdit {
  return { start, end, newText };
}

function insert(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}
