import { say } from '../l10n/say.ts';
import { DEEPEST_LEVEL } from './parseState.ts';
import type { XmlProblem, XmlProblemCode } from './tree.ts';

/** What is wrong, and what to do, in one or two sentences. */
export function problemMessage(problem: XmlProblem): string {
  return messages[problem.code](shorten(problem.name), problem);
}

const messages: Record<XmlProblemCode, (name: string, problem: XmlProblem) => string> = {
  'unclosed-element': (name) => say`\`<${name}>\` is never closed. Write \`</${name}>\` after its content.`,
  'unclosed-start-tag': (name) =>
    say`The tag \`<${name}\` has no \`>\`. Close it with \`>\`, or with \`/>\` if it is empty.`,
  'unclosed-end-tag': (name) => say`The end tag of \`<${name}>\` is not complete. Write \`</${name}>\`.`,
  'stray-end-tag': (name) =>
    say`\`</${name}>\` closes nothing: no \`<${name}>\` is open here. Remove it, or add the start tag.`,
  'mismatched-end-tag': (name, { node }) =>
    say`\`</${name}>\` stands where \`<${node?.name}>\` has to be closed. Both tags need the same name.`,
  'end-tag-without-slash': (name) =>
    say`\`<${name}>\` opens a second \`<${name}>\` where the first has to be closed. Write \`</${name}>\`.`,
  'stray-less-than': () =>
    say`\`<\` starts a tag, and no tag follows. Write \`&lt;\` where the character itself is meant.`,
  'stray-slash': (name) => say`\`/\` may stand only right before \`>\`, at the end of \`<${name}>\`. Remove it.`,
  'junk-in-tag': (name) =>
    name === ''
      ? say`This cannot stand here in a tag. Remove it.`
      : say`\`${name}\` is neither an attribute nor the end of the tag. Remove it.`,
  'missing-space': (name) => say`There is no blank before the attribute \`${name}\`. Add one.`,
  'duplicate-attribute': (name) => say`The attribute \`${name}\` is given twice in one tag. Keep one of the two.`,
  'attribute-without-value': (name) => say`The attribute \`${name}\` has no value. Write \`${name}='…'\`.`,
  'unclosed-value': (name) => say`The value of \`${name}\` has no closing quote. End it with the quote it starts with.`,
  'unquoted-value': (name) => say`The value of \`${name}\` is not in quotes. Put it between two \`'\` or two \`"\`.`,
  'stray-ampersand': (name) =>
    name === ''
      ? say`\`&\` starts a reference such as \`&lt;\`, and none follows. Write \`&amp;\` where the character itself is meant.`
      : say`The reference \`&${name}\` has no semicolon. Write \`&${name};\`.`,
  'unknown-entity': (name) =>
    say`The entity \`&${name};\` is not declared. XML itself knows only \`&lt;\`, \`&gt;\`, \`&amp;\`, \`&apos;\` and \`&quot;\`.`,
  'bad-character-reference': (name) =>
    say`\`&${name};\` names no character that XML allows. Write \`&#\`, the character's number and \`;\`.`,
  'control-character': () => say`This character is invisible and not allowed in XML. Remove it.`,
  'unclosed-comment': () => say`The comment is never closed. Write \`-->\` after it.`,
  'double-hyphen-in-comment': () => say`\`--\` is not allowed inside a comment. Write a single hyphen.`,
  'unclosed-cdata': () => say`The CDATA section is never closed. Write \`]]>\` after it.`,
  'cdata-end-in-text': () =>
    say`\`]]>\` ends a CDATA section, and none is open. Write \`]]&gt;\` where the characters are meant.`,
  'unclosed-declaration': () => say`The document type declaration is never closed. Remove it; libvirt needs none.`,
  'bad-declaration': () => say`No declaration of this kind can stand here. Remove it.`,
  'unclosed-processing-instruction': () => say`The processing instruction is never closed. Write \`?>\` after it.`,
  'bad-processing-instruction': () => say`A processing instruction starts with \`<?\`, a name and a blank. Remove it.`,
  'misplaced-xml-declaration': () =>
    say`The XML declaration may stand only at the very start of the file. Move or remove it.`,
  'bad-xml-declaration': () =>
    say`The XML declaration reads \`<?xml version='1.0' encoding='UTF-8'?>\`. Correct or remove it.`,
  'unbound-prefix': (name) =>
    say`The prefix \`${name}:\` is not bound to a namespace, so libvirt passes over what it marks. Add \`xmlns:${name}='…'\` to the root element.`,
  'text-outside-root': () => say`Text cannot stand outside the root element. Remove it or move it inside.`,
  'second-root': (name) =>
    say`\`<${name}>\` stands after the root element; a document has only one. Move it inside or remove it.`,
  'no-root': () => say`The document is empty. A domain starts with \`<domain>\`.`,
  'too-deep': () => say`Elements are nested deeper than ${DEEPEST_LEVEL} levels. libvirt refuses such documents.`,
  'too-large': () => say`The file is larger than 10 MiB; libvirt accepts none of this size. It is not checked.`,
  'not-text': () => say`The file holds NUL bytes: it is binary, or text in UTF-16. Save it as UTF-8.`,
};

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** Every code of a problem. */
export const problemCodes: readonly string[] = Object.keys(messages);
