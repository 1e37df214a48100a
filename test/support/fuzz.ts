/** Random edits, one after the other, as somebody types and breaks things; after each, everything that the core says must hold. */
import assert from 'node:assert/strict';
import { checkDocument, checkText } from '../../server/src/check.ts';
import { sitesOf } from '../../server/src/domain/references/read.ts';
import { completion } from '../../server/src/features/completion.ts';
import { documentLinks } from '../../server/src/features/documentLinks.ts';
import { entityUnderCursor } from '../../server/src/features/entity.ts';
import { mend, type WantedFix } from '../../server/src/features/mend.ts';
import type { Finding, TextEdit } from '../../server/src/finding.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import type { XmlDocument } from '../../server/src/xml/tree.ts';
import { assertFeatures } from './fuzzFeatures.ts';
import type { Random } from './random.ts';

const SCRAPS = [
  '<',
  '>',
  '/',
  '</',
  '/>',
  "'",
  '"',
  '&',
  '&#x;',
  ' ',
  '=',
  '\n',
  '\t',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  ':',
  '0',
  '-1',
  'x',
  'ä',
  '\u{1f600}',
  '\ud800',
  '\u0000',
  '<disk>',
  '</disk>',
  '<target',
  " type='pci'",
  " type='file'",
  " dev='vda'",
  'xmlns:q="u"',
  '<q:x/>',
  '<domain>',
  '</domain>',
] as const;

/** Edits after which a text is begun anew: by then it is mostly rubble. */
const EDITS_A_TEXT = 25;
/** Texts longer than this are begun anew: copies of copies would measure nothing but length. */
const LONGEST = 60_000;
/** Of the findings of a text, those whose fixes are tried: each fix is checked on the whole document. */
const FINDINGS_MENDED = 2;
const MENDED_ONE_IN = 8;
const COMPLETED_ONE_IN = 4;
const NAVIGATED_ONE_IN = 4;
const SHOWN_ONE_IN = 8;
/** Mending checks the document many times. */
const MENDED_WHOLE_ONE_IN = 200;
/** As `virtlint fix` does it. */
const WHAT_FIX_MENDS: WantedFix = { rules: undefined, severities: new Set(['error', 'warning']) };
const SUSPICIOUS_MILLISECONDS = 50;

export interface FuzzFigures {
  readonly edits: number;
  readonly findings: number;
  readonly fixes: number;
  readonly completions: number;
  /** The longest check in milliseconds, and its text. */
  readonly slowest: { readonly milliseconds: number; readonly text: string };
}

/**
 * Fails with the text that something was wrong with.
 * @param begun told after every thousand edits
 */
export function fuzz(
  texts: readonly [string, ...string[]],
  edits: number,
  random: Random,
  begun: (done: number) => void = () => undefined,
): FuzzFigures {
  const figures = { edits: 0, findings: 0, fixes: 0, completions: 0, slowest: { milliseconds: 0, text: '' } };
  let text = '';
  for (let edit = 0; edit < edits; edit++) {
    if (edit % EDITS_A_TEXT === 0 || text.length > LONGEST || text === '') text = random.pick(texts);
    if (edit % 1000 === 0) begun(edit);
    const at = random.below(text.length + 1);
    text = edited(text, at, random);
    figures.edits++;
    try {
      round(text, Math.min(at, text.length), random, figures);
    } catch (fault) {
      throw new Error(`after edit ${edit} of:\n${JSON.stringify(text)}`, { cause: fault });
    }
  }
  return figures;
}

function round(
  text: string,
  at: number,
  random: Random,
  figures: { findings: number; fixes: number; completions: number; slowest: FuzzFigures['slowest'] },
): void {
  const document = parseXml(text);
  const [findings, once] = timed(document);
  let milliseconds = once;
  // The collector of garbage may have had the time: only what is slow twice is slow.
  if (milliseconds > SUSPICIOUS_MILLISECONDS) milliseconds = Math.min(milliseconds, timed(parseXml(text))[1]);
  if (milliseconds > figures.slowest.milliseconds) figures.slowest = { milliseconds, text };
  figures.findings += findings.length;
  for (const finding of findings) {
    assertInside(finding, text);
    for (const place of finding.related ?? []) assertInside(place, text);
  }
  if (random.below(MENDED_ONE_IN) === 0)
    for (const finding of findings.slice(0, FINDINGS_MENDED))
      for (const fix of finding.fixes()) {
        assertApplies(fix.edits, text);
        figures.fixes++;
      }
  if (random.below(MENDED_WHOLE_ONE_IN) === 0) assertMends(text);
  if (random.below(NAVIGATED_ONE_IN) === 0) {
    for (const site of sitesOf(document)) assertInside(site, text);
    for (const site of entityUnderCursor(document, at)?.sites ?? []) assertInside(site, text);
    for (const link of documentLinks(document)) assertInside(link, text);
  }
  if (random.below(SHOWN_ONE_IN) === 0) assertFeatures(document, at);
  if (random.below(COMPLETED_ONE_IN) === 0)
    for (const item of completion(document, at)) {
      assertInside(item.edit, text);
      figures.completions++;
    }
}

/** A check, and the processor's time for it: other processes do not count. */
function timed(document: XmlDocument): [findings: Finding[], milliseconds: number] {
  const started = process.cpuUsage();
  const findings = checkDocument(document);
  const { user, system } = process.cpuUsage(started);
  return [findings, (user + system) / 1000];
}

function edited(text: string, at: number, random: Random): string {
  const end = Math.min(text.length, at + random.below(40));
  const from = random.below(text.length + 1);
  const put = (middle: string, until = at) => text.slice(0, at) + middle + text.slice(until);
  const ways = [
    () => put('', end),
    () => put('', Math.min(text.length, at + 1)),
    () => put(random.pick(SCRAPS)),
    () => put(random.pick(SCRAPS), end),
    () => put(text.slice(at, end)),
    () => put(text.slice(from, from + random.below(200))),
    () => put(String.fromCharCode(97 + random.below(26))),
  ] as const;
  return random.pick(ways)();
}

/** Mending comes to an end, mends once and for all, and leaves no more errors than there were. */
function assertMends(text: string): void {
  const once = mend(text, checkText, WHAT_FIX_MENDS);
  assert.equal(mend(once.text, checkText, WHAT_FIX_MENDS).text, once.text, 'mended twice is mended once');
  assert.ok(errorsIn(once.text) <= errorsIn(text), 'mending makes nothing worse');
}

const errorsIn = (text: string): number => checkText(text).filter(({ severity }) => severity === 'error').length;

function assertInside({ start, end }: { start: number; end: number }, text: string): void {
  assert.ok(Number.isInteger(start) && start >= 0 && start <= end && end <= text.length, `range ${start} to ${end}`);
}

function assertApplies(edits: readonly TextEdit[], text: string): void {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [index, edit] of sorted.entries()) {
    assertInside(edit, text);
    const before = sorted[index - 1];
    assert.ok(!before || before.end <= edit.start, `edits overlap: ${JSON.stringify(sorted)}`);
  }
}
