/** A change whose answer is missing, and of which the host does not show that it has happened. */
import { say } from '../../../server/src/l10n/say.ts';
import type { VirshFailure } from './explain.ts';

/** How long a host may take to say whether something has arrived. */
export const doubtMilliseconds = 5000;

/** The failure of a change that was looked for in vain: libvirt may be at it still. */
export function notSeen(failure: VirshFailure): VirshFailure {
  return {
    ...failure,
    message: say`${failure.message} What was asked for is not there now, but libvirt may still be at it: look again before you repeat it.`,
  };
}

/** The failure of a change that nobody could look for. */
export function notKnown(failure: VirshFailure): VirshFailure {
  return {
    ...failure,
    message: say`${failure.message} Whether it has happened all the same is not known: look before you repeat it.`,
  };
}
