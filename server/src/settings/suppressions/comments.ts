/**
 * Suppressions in comments: `<!-- virtlint-disable-next disk/emulated-bus: old installer -->` before an element, for it and all
 * inside it; `<!-- virtlint-disable … -->` before the root element, for the whole file.
 */
import type { Finding, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { withLine } from '../../xml/layout.ts';
import type { Span, XmlComment, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { ownFinding, type Suppression, type Suppressions } from './suppression.ts';

export const DISABLE_NEXT = 'virtlint-disable-next';
export const DISABLE = 'virtlint-disable';

/** A comment's parts: directive, rules, and behind a colon the reason. */
const FORM = /^(?<lead>\s*)(?<directive>virtlint-[\w-]*)(?<rules>[^:]*)(?::(?<reason>[\s\S]*))?$/;

export function commentSuppressions(document: XmlDocument): Suppressions {
  const suppressions: Suppression[] = [];
  const findings: Finding[] = [];
  for (const comment of document.comments) {
    const found = readComment(comment, document);
    if (!found) continue;
    if ('rule' in found) findings.push(found);
    else suppressions.push(...found);
  }
  return { suppressions, findings };
}

/** Undefined for a comment that is none of ours. */
function readComment(comment: XmlComment, document: XmlDocument): readonly Suppression[] | Finding | undefined {
  const inner = { start: comment.start + '<!--'.length, end: comment.end - '-->'.length };
  const {
    lead = '',
    directive,
    rules = '',
    reason = '',
  } = FORM.exec(document.text.slice(inner.start, inner.end))?.groups ?? {};
  if (directive === undefined) return undefined;
  const at = { start: inner.start + lead.length, end: inner.start + lead.length + directive.length };
  const written = [...rules.matchAll(/[^\s,]+/g)].map(({ 0: rule, index }) => ({
    rule,
    at: { start: at.end + index, end: at.end + index + rule.length },
  }));
  const scope = scopeOf(directive, comment, document);
  if ('problem' in scope) return invalid(at, scope.problem, scope.edit);
  if (written.length === 0) return invalid(at, say`Name the rules: \`<!-- ${directive} area/name: reason -->\`.`);
  const all = written.map(({ at: place }) => place);
  return written.map((one, index) => ({
    ...one,
    reason: reason.trim(),
    scope,
    remove: () => ({ title: removalTitle(one.rule), edits: [removal(index, all, comment, document)] }),
  }));
}

function invalid(at: Span, message: string, edit?: TextEdit): Finding {
  const fix = edit && { title: say`Change to \`${edit.newText}\``, edits: [edit], preferred: true };
  return ownFinding('invalid-suppression', at, message, () => (fix ? [fix] : []));
}

type Scope = Span | { readonly problem: string; readonly edit?: TextEdit };

function scopeOf(directive: string, comment: XmlComment, { root, text }: XmlDocument): Scope {
  const start = text.indexOf(directive, comment.start);
  const rename = (newText: string): TextEdit => ({ start, end: start + directive.length, newText });
  if (directive === DISABLE) {
    if (root && comment.start < root.start) return { start: 0, end: text.length };
    const problem = say`\`${DISABLE}\` is for the whole file and stands before its root element; for one element write \`${DISABLE_NEXT}\`.`;
    return { problem, edit: rename(DISABLE_NEXT) };
  }
  if (directive !== DISABLE_NEXT)
    return { problem: say`There is no \`${directive}\`; there are \`${DISABLE_NEXT}\` and \`${DISABLE}\`.` };
  const next = root && nextElement(root, comment);
  return next ? { start: next.start, end: next.end } : { problem: say`No element follows that this could be about.` };
}

/** The element that follows a comment in the same parent. */
function nextElement(root: XmlElement, comment: XmlComment): XmlElement | undefined {
  let around: readonly { readonly kind: string; readonly start: number; readonly end: number }[] = [root];
  for (;;) {
    const index = firstAfter(around, comment.start);
    const before = around[index - 1];
    if (before && isElement(before) && before.end > comment.start) around = before.children;
    else return around.slice(index).find(isElement);
  }
}

function isElement(node: object): node is XmlElement {
  return 'kind' in node && node.kind === 'element';
}

/** Index of the first node that starts behind an offset: a binary search, for a comment may stand before each of many devices. */
function firstAfter(nodes: readonly Span[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.start ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function removalTitle(rule: string): string {
  return say`Remove the suppression of ${rule}`;
}

/** Takes one rule out of a comment, or the whole comment where it is the only one. */
function removal(index: number, all: readonly Span[], comment: XmlComment, { text }: XmlDocument): TextEdit {
  const own = all[index] ?? comment;
  const next = all[index + 1];
  const before = all[index - 1];
  if (next) return { start: own.start, end: next.start, newText: '' };
  if (before) return { start: before.end, end: own.end, newText: '' };
  return { ...withLine(comment, text), newText: '' };
}
