/** Names in target/@dev that libvirt refuses. */
import type { Disk } from '../../domain/disk.ts';
import { freeTargetName, freeTargetNames, parseTargetName, prefixOfBus } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { busPlace } from './places.ts';
import { renameDisk, takenTargets } from './repairs.ts';

interface Duplicate {
  readonly disk: Disk;
  readonly at: XmlAttribute;
  readonly name: string;
  readonly first: Disk;
  /** A name that no disk has, nor any duplicate before this one is given. */
  readonly free: string;
}

/** Every disk whose name another one before it has. */
function* duplicates(domain: Domain): Generator<Duplicate> {
  const seen = new Map<string, Disk>();
  const unused = new Map<string, Iterator<string, never>>();
  for (const disk of domain.disks) {
    const at = attribute(child(disk.element, 'target'), 'dev');
    if (!at || !disk.target) continue;
    const first = seen.get(disk.target);
    if (!first) seen.set(disk.target, disk);
    else {
      const prefix = parseTargetName(disk.target)?.prefix ?? 'vd';
      const names = unused.get(prefix) ?? freeTargetNames(prefix, takenTargets(domain));
      unused.set(prefix, names);
      const free = names.next().value;
      yield { disk, at, name: disk.target, first, free };
    }
  }
}

interface Invalid {
  readonly disk: Disk;
  readonly at: XmlAttribute;
  readonly reason: string;
  readonly prefix: string;
  readonly letters: string | undefined;
}

/** Names in libvirt's grammar that its code cannot use; other prefixes are the grammar's to refuse. */
function invalid(disk: Disk, isQemu: boolean): Invalid[] {
  const at = attribute(child(disk.element, 'target'), 'dev');
  const written = disk.target ?? '';
  const prefix = /^(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+$/.exec(written)?.[1];
  if (!at || prefix === undefined) return [];
  const name = parseTargetName(written);
  const wanted = disk.device === 'floppy' ? 'fd' : (prefixOfBus(disk.bus ?? '') ?? 'vd');
  if (disk.device === 'floppy' && disk.bus === 'fdc' && prefix !== 'fd')
    return [
      {
        disk,
        at,
        reason: say`is not the name of a floppy drive, which begins with \`fd\``,
        prefix: 'fd',
        letters: name?.letters,
      },
    ];
  if ((disk.device === 'disk' || disk.device === 'lun') && prefix === 'fd' && disk.bus !== 'fdc')
    return [
      { disk, at, reason: say`names a floppy drive, and this is a hard disk`, prefix: wanted, letters: name?.letters },
    ];
  if (!isQemu) return [];
  if (name?.partition)
    return [
      {
        disk,
        at,
        reason: say`names partition ${name.partition}; a target is a whole disk`,
        prefix,
        letters: name.letters,
      },
    ];
  const hasAddress = child(disk.element, 'address') !== undefined;
  return name || hasAddress
    ? []
    : [{ disk, at, reason: say`cannot be counted: small letters follow the prefix`, prefix, letters: undefined }];
}

function rename(domain: Domain, disk: Disk, name: string): Fix {
  return { title: say`Rename to ${name}`, edits: renameDisk(domain, disk, name) };
}

export const refusals: readonly Rule[] = [
  defineRule<Duplicate>({
    id: 'disk/target-duplicate',
    page: 'disk/target',
    severity: 'error',
    needs: ['disk', 'target'],
    find: duplicates,
    say({ at, name, first, free }) {
      const before = attribute(child(first.element, 'target'), 'dev');
      return {
        at: valueSpan(at),
        message: say`Two disks are called \`${name}\`, and libvirt knows disks by this name: it refuses the definition. Take a free one such as \`${free}\`.`,
        related: [{ ...(before ? valueSpan(before) : busPlace(first)), message: say`The first \`${name}\`` }],
      };
    },
    fix: ({ disk, free }, domain) => [rename(domain, disk, free)],
  }),
  defineRule<Invalid>({
    id: 'disk/target-invalid',
    page: 'disk/target',
    severity: 'error',
    needs: ['disk', 'target'],
    find: (domain) => domain.disks.flatMap((disk) => invalid(disk, domain.isQemu)),
    say: ({ at, reason }) => ({
      at: valueSpan(at),
      message: say`\`${at.value.trim()}\` ${reason}: libvirt refuses the definition. Names are \`vda\`, \`vdb\` … (\`sda\` on SCSI, SATA and USB).`,
    }),
    fix: ({ disk, prefix, letters }, domain) => [
      rename(domain, disk, freeTargetName(prefix, letters, takenTargets(domain))),
    ],
  }),
];
