import { forbiddenCharacters, isNameStart, suspectCharacter } from './characters.ts';
import { readDeclaration, readInstruction } from './declarations.ts';
import { readEndTag } from './endTag.ts';
import { checkPrefixes } from './namespaces.ts';
import { newElement, ParseState } from './parseState.ts';
import { closeUnclosed } from './recovery.ts';
import { readStartTag } from './startTag.ts';
import { addText } from './text.ts';
import type { XmlComment, XmlDocument, XmlElement, XmlProblem, XmlProblemCode } from './tree.ts';

/** virsh reads no more of a file than this; libvirt's own messages end at 4 MiB. */
export const LARGEST_TEXT = 10 * 1024 * 1024;

/** A file with a NUL this early is no text: what git and grep go by, too. */
const BINARY_PROBE = 8000;

/**
 * Reads text in any state of repair into a tree that knows the offset of every token.
 * Never throws, takes time linear in the text's length, and records at most MOST_PROBLEMS problems.
 * Elements nested deeper than DEEPEST_LEVEL become empty children of the deepest one that is kept.
 * Entities that the document declares are neither expanded nor fetched.
 * Text beyond LARGEST_TEXT and binary data give no tree, only a problem.
 */
export function parseXml(text: string): XmlDocument {
  if (text.length > LARGEST_TEXT) return refuse(text, 'too-large', 0, 0);
  const nul = text.slice(0, BINARY_PROBE).indexOf('\0');
  if (nul >= 0) return refuse(text, 'not-text', nul, nul + 1);

  const state = new ParseState(text);
  readContent(state, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  closeUnclosed(state, state.top, text.length);
  if (state.prefixed) checkPrefixes(state);
  reportForbiddenCharacters(state);
  const root = takeRoot(state);
  const { comments, problems } = state;
  return { text, root, comments, problems: problems.sort((a, b) => a.start - b.start || a.end - b.end) };
}

/**
 * Reads a stretch of text that is one element, from its `<` to its end, in itself faultless and without prefixes.
 * Null where it is anything else. Offsets count from the start of the stretch.
 * @param depth how many elements the stretch stands in
 */
export function parseElement(
  text: string,
  depth: number,
): { element: XmlElement; comments: readonly XmlComment[] } | null {
  const state = new ParseState(text);
  state.depth = depth;
  readContent(state, 0);
  closeUnclosed(state, state.top, text.length);
  reportForbiddenCharacters(state);
  const [element, other] = state.top.children;
  if (state.problems.length > 0 || state.prefixed || other || element?.kind !== 'element') return null;
  return element.start === 0 && element.end === text.length ? { element, comments: state.comments } : null;
}

function refuse(text: string, code: XmlProblemCode, start: number, end: number): XmlDocument {
  const problem: XmlProblem = { code, start, end, name: '', node: null };
  return { text, root: null, comments: [], problems: [problem] };
}

function readContent(state: ParseState, documentStart: number): void {
  const { text } = state;
  let at = documentStart;
  while (at < text.length) {
    const tag = state.lessThan.next(at);
    if (tag > at) addText(state, at, tag, 'text');
    if (tag >= text.length) return;
    const code = text.charCodeAt(tag + 1);
    if (isNameStart(code)) at = readStartTag(state, tag);
    else if (code === 0x2f) at = readEndTag(state, tag);
    else if (code === 0x21) at = readDeclaration(state, tag);
    else if (code === 0x3f) at = readInstruction(state, tag, documentStart);
    else at = addPlaceholder(state, tag);
  }
}

/** A `<` that starts nothing is perhaps one that was just typed: a nameless element lets completion know where it stands. */
function addPlaceholder(state: ParseState, start: number): number {
  const placeholder = newElement('', start, start + 1, state.current);
  placeholder.selfClosing = true;
  state.current.children.push(placeholder);
  state.report('stray-less-than', start, start + 1, '', placeholder);
  return start + 1;
}

function reportForbiddenCharacters(state: ParseState): void {
  if (!suspectCharacter.test(state.text)) return;
  for (const match of state.text.matchAll(forbiddenCharacters)) {
    state.report('control-character', match.index, match.index + match[0].length);
  }
}

function takeRoot(state: ParseState): XmlElement | null {
  let root: XmlElement | null = null;
  for (const node of state.top.children) {
    if (node.kind !== 'element') continue;
    node.parent = null;
    if (node.name === '') continue;
    if (root) state.report('second-root', node.nameStart, node.nameEnd, node.name, node);
    else root = node;
  }
  if (!root && state.problems.length === 0) state.report('no-root', 0, 0);
  return root;
}
