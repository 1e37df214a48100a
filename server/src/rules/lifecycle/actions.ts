/** What shall happen when the guest is switched off, starts anew or crashes: what QEMU can't do. */
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { child, textOf, textSpan } from '../../xml/query.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'lifecycle/actions';

/** The events, and what libvirt does where nothing is written. */
const DEFAULTS = { on_poweroff: 'destroy', on_reboot: 'restart', on_crash: 'destroy' } as const;
type Event = keyof typeof DEFAULTS;
const EVENTS: readonly Event[] = ['on_poweroff', 'on_reboot', 'on_crash'];

const COREDUMP = new Set(['coredump-destroy', 'coredump-restart']);

function reason(event: Event, action: string): string | undefined {
  if (action === 'rename-restart') return say`is Xen's alone`;
  if (event === 'on_crash') return undefined;
  if (action === 'preserve') return say`keeps a guest for analysis after a crash only`;
  return COREDUMP.has(action) ? say`is for crashes only` : undefined;
}

function* unsupported(domain: Domain): Generator<Refused> {
  for (const event of EVENTS) {
    const element = child(domain.root, event);
    const action = textOf(element);
    const why = reason(event, action);
    if (!element || why === undefined) continue;
    const usual = DEFAULTS[event];
    yield {
      at: textSpan(element),
      message: say`\`${action}\` ${why}; libvirt refuses it in \`<${event}>\`. The default is \`${usual}\`.`,
      fixes: [{ title: say`Use ${usual}`, edits: setText(element, usual) }],
    };
  }
}

function* turnedRound(domain: Domain): Generator<Refused> {
  const [poweroff, reboot] = [child(domain.root, 'on_poweroff'), child(domain.root, 'on_reboot')];
  if (!poweroff || !reboot || textOf(poweroff) !== 'restart' || textOf(reboot) !== 'destroy') return;
  yield {
    at: textSpan(poweroff),
    message: say`QEMU can treat a switched off guest and one that reboots alike, but not each as the other; libvirt refuses \`restart\` here with \`destroy\` on reboot. The defaults are the other way round.`,
    related: [{ ...textSpan(reboot), message: say`A reboot ends the guest by this` }],
    fixes: [{ title: say`Use the defaults`, edits: [...setText(poweroff, 'destroy'), ...setText(reboot, 'restart')] }],
  };
}

export const refusals: readonly Rule[] = [
  refusal('lifecycle/poweroff-reboot-combination', page, turnedRound, { needs: ['on_poweroff', 'on_reboot'] }),
  refusal('lifecycle/unsupported-action', page, unsupported, { needs: ['on_poweroff|on_reboot|on_crash'] }),
];
