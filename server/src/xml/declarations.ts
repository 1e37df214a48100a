/** What starts with `<!` or `<?`: comments, CDATA sections, processing instructions, the XML declaration. */
import { isNameStart, skipName } from './characters.ts';
import { readDoctype } from './doctype.ts';
import type { ParseState } from './parseState.ts';
import { addText } from './text.ts';

/** Reads what starts with `<!` and returns the offset after it. */
export function readDeclaration(state: ParseState, start: number): number {
  const { text } = state;
  if (text.startsWith('<!--', start)) return readComment(state, start);
  if (text.startsWith('<![CDATA[', start)) return readCdata(state, start);
  if (text.startsWith('<!DOCTYPE', start)) return readDoctype(state, start);
  const line = state.lineEnd(start);
  const close = state.greaterThan.next(start);
  const nextTag = state.lessThan.next(start + 1);
  const end = close < line && close < nextTag ? close + 1 : Math.min(line, nextTag);
  state.report('bad-declaration', start, end);
  return end;
}

/** A comment that nothing closes, or that the next comment would close, loses only its own line. */
function readComment(state: ParseState, start: number): number {
  const { text } = state;
  const inside = start + 4;
  const close = state.commentEnd.next(inside);
  const nextComment = state.commentStart.next(inside);
  const swallows = nextComment < close && nextComment < text.length && nextComment > state.lineEnd(start);
  if (close >= text.length || swallows) {
    const end = state.lineEnd(start);
    state.report('unclosed-comment', start, inside);
    state.comments.push({ kind: 'comment', start, end });
    return end;
  }
  const hyphens = text.indexOf('--', inside);
  if (hyphens < close) state.report('double-hyphen-in-comment', hyphens, hyphens + 2);
  state.comments.push({ kind: 'comment', start, end: close + 3 });
  return close + 3;
}

function readCdata(state: ParseState, start: number): number {
  const inside = start + '<![CDATA['.length;
  const close = state.cdataEnd.next(inside);
  if (close < state.text.length) {
    addText(state, inside, close, 'cdata');
    return close + 3;
  }
  // like a comment: only its line is lost
  const end = Math.min(state.lineEnd(start), state.lessThan.next(inside));
  state.report('unclosed-cdata', start, inside);
  addText(state, inside, end, 'cdata');
  return end;
}

const xmlDeclaration =
  /^<\?xml\s+version\s*=\s*(?:'1\.[0-9]+'|"1\.[0-9]+")(?:\s+encoding\s*=\s*(?:'[A-Za-z][\w.-]*'|"[A-Za-z][\w.-]*"))?(?:\s+standalone\s*=\s*(?:'(?:yes|no)'|"(?:yes|no)"))?\s*\?>$/;

/** Reads what starts with `<?` and returns the offset after it. */
export function readInstruction(state: ParseState, start: number, documentStart: number): number {
  const { text } = state;
  const nameEnd = skipName(text, start + 2);
  const close = state.instructionEnd.next(start + 2);
  if (close >= text.length) {
    state.report('unclosed-processing-instruction', start, nameEnd);
    const nextTag = state.lessThan.next(start + 1);
    return Math.min(state.lineEnd(start), nextTag);
  }
  const end = close + 2;
  const name = text.slice(start + 2, nameEnd);
  if (name.toLowerCase() === 'xml') {
    if (start !== documentStart) state.report('misplaced-xml-declaration', start, end);
    else if (!xmlDeclaration.test(text.slice(start, end))) state.report('bad-xml-declaration', start, end);
  } else if (!isNameStart(text.charCodeAt(start + 2)) || (nameEnd < close && !/\s/.test(text.charAt(nameEnd)))) {
    state.report('bad-processing-instruction', start, nameEnd, name);
  }
  return end;
}
