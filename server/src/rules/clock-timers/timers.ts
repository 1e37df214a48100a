/** Timers that the machine does not have, and options that a timer does not take. */
import { clock, type Timer } from '../../domain/clock.ts';
import type { Domain } from '../../domain/domain.ts';
import { type Home, isElsewhere, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'clock-timers/timers';

function timers(domain: Domain): readonly Timer[] {
  return clock(domain)?.timers ?? [];
}

/** Timers of the PC; libvirt refuses them elsewhere when they shall be present. */
const OF_PC = new Set(['tsc', 'kvmclock', 'hypervclock', 'hpet']);
const X86: readonly Home[] = ['x86'];
const ARM: readonly Home[] = ['arm-virt'];

function* elsewhere(domain: Domain): Generator<Refused> {
  for (const { element, name, present } of timers(domain)) {
    const at = placeOf(element, 'name');
    const fixes = [dropElement(element, domain.document)];
    if (name === 'platform') {
      yield { at, message: say`The timer \`platform\` is Xen's; the QEMU driver refuses it. Remove it.`, fixes };
    } else if (OF_PC.has(name) && present === 'yes' && isElsewhere(domain, X86)) {
      yield {
        at,
        message: say`The timer \`${name}\` is one of x86; libvirt refuses it on ${platformName(domain)}. Remove it.`,
        related: machinePlace(domain),
        fixes,
      };
    } else if (name === 'armvtimer' && (!domain.isKvm || isElsewhere(domain, ARM))) {
      yield {
        at,
        message: say`\`armvtimer\` is the timer of Arm's \`virt\` machine with KVM; libvirt refuses it on any other guest. Remove it.`,
        related: machinePlace(domain),
        fixes,
      };
    } else if (name === 'armvtimer' && present === 'no') {
      yield {
        at: placeOf(element, 'present'),
        message: say`The virtual timer of Arm cannot be taken away, and libvirt refuses to.`,
        fixes: [setValueOf(element, 'present', 'yes', domain.document)],
      };
    }
  }
}

/** What each timer can do about lost ticks, as far as libvirt checks it: an empty list takes no policy at all. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  rtc: ['catchup', 'delay'],
  pit: ['delay', 'discard', 'catchup'],
  armvtimer: ['delay', 'discard'],
  kvmclock: [],
  hypervclock: [],
};

function* policies(domain: Domain): Generator<Refused> {
  for (const { element, name, tickpolicy } of timers(domain)) {
    const allowed = POLICIES[name];
    const policy = tickpolicy?.value.trim() ?? '';
    if (!tickpolicy || !allowed || allowed.includes(policy)) continue;
    const [best] = allowed;
    if (best === undefined) {
      yield {
        at: placeOf(element, 'name'),
        message: say`\`${name}\` has no ticks that could be lost; libvirt refuses a \`tickpolicy\` for it. Remove the policy.`,
        related: [{ ...attributeSpan(tickpolicy), message: say`The policy` }],
        fixes: [dropAttribute(tickpolicy, domain.document)],
      };
    } else if (['delay', 'catchup', 'merge', 'discard'].includes(policy)) {
      const list = allowed.map((one) => `\`${one}\``).join(say` and `);
      yield {
        at: valueSpan(tickpolicy),
        message: say`QEMU's ${name} knows no \`${policy}\`; libvirt refuses it. It takes ${list}.`,
        fixes: [setValueOf(element, 'tickpolicy', best, domain.document)],
      };
    }
  }
}

const CATCHUP = ['threshold', 'slew', 'limit'];

function* catchup(domain: Domain): Generator<Refused> {
  for (const { element, tickpolicy } of timers(domain)) {
    const [limits] = childElements(element, 'catchup');
    const isSet = limits && CATCHUP.some((name) => Number(attributeValue(limits, name) ?? '0') !== 0);
    if (!limits || !isSet || tickpolicy?.value.trim() === 'catchup') continue;
    yield {
      at: nameSpan(limits),
      message: say`\`<catchup>\` limits how fast lost ticks are made up for, which only \`tickpolicy='catchup'\` does: libvirt refuses it here.`,
      ...(tickpolicy && { related: [{ ...valueSpan(tickpolicy), message: say`The policy` }] }),
      fixes: [
        {
          title: say`Use tickpolicy='catchup'`,
          edits: setAttribute(element, 'tickpolicy', 'catchup', domain.document),
        },
        { title: say`Remove <catchup>`, edits: removeElement(limits, domain.document) },
      ],
    };
  }
}

/** Attributes of some timers only. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  frequency: ['tsc'],
  mode: ['tsc'],
  track: ['rtc', 'platform'],
};

function* foreignAttributes(domain: Domain): Generator<Refused> {
  for (const { element, name } of timers(domain)) {
    for (const [option, owners] of Object.entries(OWNERS)) {
      const at = attribute(element, option);
      if (!at || name === '' || owners.includes(name) || Number(at.value) === 0) continue;
      yield {
        at: attributeSpan(at),
        message: say`\`${option}\` is an option of the timer \`${owners[0]}\`; libvirt refuses it for \`${name}\`. Remove it.`,
        fixes: [dropAttribute(at, domain.document)],
      };
    }
    const track = attribute(element, 'track');
    if (name !== 'rtc' || track?.value.trim() !== 'boot') continue;
    yield {
      at: valueSpan(track),
      message: say`QEMU's rtc follows the host's clock or the guest's own time, not the time since boot; libvirt refuses \`boot\`. Use \`guest\` or \`wall\`.`,
      fixes: [
        setValueOf(element, 'track', 'guest', domain.document),
        { title: say`Remove track`, edits: removeAttribute(track, domain.document) },
      ],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('clock-timers/timer-arch', page, elsewhere, { needs: ['timer'] }),
  refusal('clock-timers/tickpolicy', page, policies, { needs: ['timer', '@tickpolicy'] }),
  refusal('clock-timers/catchup-policy', page, catchup, { needs: ['catchup'] }),
  refusal('clock-timers/timer-options', page, foreignAttributes, { needs: ['timer'] }),
];
