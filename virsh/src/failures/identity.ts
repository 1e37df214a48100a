/** Names and UUIDs that are taken, impossible or not there. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const identity: readonly FailureEntry[] = [
  {
    pattern: /volume name '(.*)' cannot contain '(.*)'/s,
    kind: 'refused',
    message: phrase`A volume’s name contains no slash. Choose another one.`,
  },
  {
    pattern: /name (.*) cannot contain '(.*)'|invalid char in name: (.*)/s,
    kind: 'refused',
    message: phrase`libvirt takes no line break and no slash in a name. Choose another one.`,
    place: { at: ['name'] },
  },
  {
    pattern: /metadata (\w+) can't contain newlines/,
    kind: 'refused',
    message: phrase`A $1 is one line. Remove the line break, or write a description instead.`,
    place: { at: ['$1'] },
  },
  {
    pattern: /domain '(.*)' already exists with uuid (\S+)/s,
    kind: 'exists',
    message: phrase`There is already a VM called $1 with another UUID ($2). Use that UUID to replace it, or another name for a new VM.`,
    place: { at: ['name'] },
  },
  {
    pattern: /domain '(.*)' is already defined with uuid (\S+)/s,
    kind: 'exists',
    message: phrase`The UUID $2 belongs to the VM $1. Remove <uuid> to make a new VM, or rename the existing one first.`,
    place: { at: ['uuid'] },
  },
  {
    pattern: /domain with name '(.*)' already exists/s,
    kind: 'exists',
    message: phrase`There is already a VM called $1. Choose another name.`,
  },
  {
    pattern: /Can't rename domain to itself/,
    kind: 'refused',
    message: phrase`The VM has this name already.`,
  },
  {
    pattern: /cannot rename active domain/,
    kind: 'already-running',
    message: phrase`A VM that runs cannot be renamed. Shut it down first.`,
  },
  {
    pattern: /failed to get domain '(.*)'/s,
    kind: 'not-found',
    message: phrase`There is no VM $1 at {connection} (any more).`,
  },
  {
    pattern: /no node device with matching name '(.*?)'/,
    kind: 'not-found',
    message: phrase`{connection} has no device $1 (any more).`,
  },
  {
    pattern: /Secret not found: no secret with matching (?:uuid|usage) '(.*?)'/,
    kind: 'not-found',
    message: phrase`{connection} has no secret $1, which a disk is unlocked with. Define it there: virsh secret-define, then virsh secret-set-value with a file.`,
    place: { at: ['//secret@uuid', '//secret@usage'], value: '$1' },
  },
];
