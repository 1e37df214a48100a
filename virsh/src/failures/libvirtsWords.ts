/** What libvirt says well enough itself, once its prefixes are taken off. Comes last. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const libvirtsWords: readonly FailureEntry[] = [
  {
    pattern: /^error: (?:command '.+?' doesn't support option (.+)|unknown command: '(.+?)')/m,
    kind: 'unsupported',
    message: phrase`The virsh that is used is too old: it does not know $1$2. Install a newer one.`,
  },
  {
    pattern: /XML configuration was changed by another user/,
    kind: 'changed-meanwhile',
    message: phrase`Someone else changed the definition in the meantime. Nothing was written; look at the difference again.`,
  },
  {
    pattern: /(?:unsupported configuration|Operation not supported|argument unsupported): (.+)/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} cannot do this: $1.`,
  },
  {
    pattern: /(?:XML error|invalid argument): (.+)|internal error: (missing .+)/,
    kind: 'refused',
    message: phrase`libvirt refused what was asked: $1$2.`,
  },
  {
    pattern:
      /(?:process exited while connecting to|unexpectedly closed the) monitor: (?:.*?qemu\S*: )?(?:-\w+ \S+: )?(.+)/,
    kind: 'refused',
    message: phrase`QEMU ended as soon as it was started: $1.`,
  },
  {
    pattern: /Requested operation is not valid: (.+)/,
    kind: 'refused',
    message: phrase`libvirt refused: $1.`,
  },
];
