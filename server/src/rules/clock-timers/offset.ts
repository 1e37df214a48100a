/** Where the guest's clock starts: what each offset needs. */
import { clock } from '../../domain/clock.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { setValueOf } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'clock-timers/offset';

/** 9999-12-31T23:59:59Z in seconds: what GLib can write. */
const LAST_SECOND = 253402300799;

/** The attribute that an offset cannot do without. */
const NEEDED: Readonly<Record<string, string>> = { timezone: 'timezone', absolute: 'start' };

function* incomplete(domain: Domain): Generator<Refused> {
  const read = clock(domain);
  const needed = NEEDED[read?.offset ?? ''];
  if (!read || needed === undefined) return;
  const { element, offset } = read;
  const given = attribute(element, needed);
  if (!given) {
    const utc = setAttribute(element, 'offset', 'utc', domain.document);
    yield {
      at: nameSpan(element),
      message: say`With \`offset='${offset}'\` libvirt needs \`${needed}\`, ${needed === 'start' ? say`in seconds since 1970` : say`a name such as 'Europe/Berlin'`}, and refuses the clock without it.`,
      fixes: [{ title: say`Use offset='utc'`, edits: utc }],
    };
  } else if (needed === 'start' && /^\d+$/.test(given.value.trim()) && Number(given.value) > LAST_SECOND) {
    yield {
      at: valueSpan(given),
      message: say`\`start\` is given in seconds since 1970 and ends with the year 9999, at ${LAST_SECOND}; libvirt refuses more. Are these milliseconds?`,
      fixes: [
        setValueOf(
          element,
          'start',
          String(Math.min(LAST_SECOND, Math.floor(Number(given.value) / 1000))),
          domain.document,
        ),
      ],
    };
  }
}

function* adjustment(domain: Domain): Generator<Refused> {
  const read = clock(domain);
  const given = attribute(read?.element, 'adjustment');
  if (!read || !given || !['utc', 'localtime'].includes(read.offset)) return;
  if (given.value.trim() === 'reset' || /^\s*[+-]?\d+/.test(given.value)) return;
  yield {
    at: valueSpan(given),
    message: say`\`adjustment='${given.value}'\` is neither \`reset\` nor a number of seconds; libvirt refuses it.`,
    fixes: [setValueOf(read.element, 'adjustment', 'reset', domain.document)],
  };
}

export const refusals: readonly Rule[] = [
  refusal('clock-timers/offset-attributes', page, incomplete, { needs: ['clock', '@offset'], anyDriver: true }),
  refusal('clock-timers/adjustment', page, adjustment, { needs: ['clock', '@adjustment'], anyDriver: true }),
];
