/**
 * Every carrier of an identity: new, kept or shared, and why. It is read from the two definitions, the source's and the clone's, and not from what
 * the planner meant to do.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type Carrier, carriers } from './carriers.ts';
import type { DiskPlan, NvramPlan } from './types.ts';

export interface IdentityRow {
  readonly what: string;
  readonly fate: 'new' | 'kept' | 'shared';
  readonly from: string;
  /** Undefined where there is none yet: libvirt chooses it, or it is gone. */
  readonly to: string | undefined;
  readonly why: string;
}

/** `before` and `after` are definitions of one shape: the planner adds and removes no device. */
export function identityTable(
  before: string,
  after: string,
  { disks, nvram }: { readonly disks: readonly DiskPlan[]; readonly nvram: NvramPlan | undefined },
): readonly IdentityRow[] {
  const source = parseXml(before).root;
  const clone = parseXml(after).root;
  if (!source || !clone) return [];
  return [
    ...carriers.flatMap((carrier) => carried(carrier, source, clone)),
    ...disks.flatMap(diskRow),
    ...nvramRow(nvram),
    ...tpmRows(source),
    ...metadataRows(source),
    ...cloudInitRows(source),
  ];
}

function carried({ what, path, read, whenNew, same }: Carrier, source: XmlElement, clone: XmlElement): IdentityRow[] {
  const counterparts = elementsAt(clone, path);
  return elementsAt(source, path).flatMap((element, number): IdentityRow[] => {
    const from = read(element);
    if (from === undefined) return [];
    const counterpart = counterparts[number];
    const to = counterpart && read(counterpart);
    return to === from
      ? [{ what: String(what), from, to, fate: same.fate, why: String(same.why) }]
      : [{ what: String(what), from, to, fate: 'new', why: String(whenNew) }];
  });
}

function elementsAt(root: XmlElement, path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>((found, name) => found.flatMap((one) => childElements(one, name)), [root]);
}

function diskRow(disk: DiskPlan): IdentityRow[] {
  const what = say`data of disk ${disk.target}`;
  if (disk.action === 'empty') return [];
  return disk.action === 'copy'
    ? [
        {
          what,
          fate: 'new',
          from: disk.copy.fromPath,
          to: disk.copy.toPath,
          why: say`A full copy: two VMs that write to one disk destroy it.`,
        },
      ]
    : [{ what, fate: 'shared', from: disk.source, to: disk.source, why: say`It is ${disk.reason}.` }];
}

function nvramRow(nvram: NvramPlan | undefined): IdentityRow[] {
  const what = say`UEFI variables`;
  if (!nvram) return [];
  return nvram.action === 'copy'
    ? [
        {
          what,
          fate: 'new',
          from: nvram.copy.fromPath,
          to: nvram.copy.toPath,
          why: say`A copy, with boot entries and keys.`,
        },
      ]
    : [
        {
          what,
          fate: 'new',
          from: nvram.was,
          to: undefined,
          why: say`Made afresh from the firmware’s template at the first start.`,
        },
      ];
}

function tpmRows(source: XmlElement): IdentityRow[] {
  return elementsAt(source, ['devices', 'tpm', 'backend']).map((backend) => {
    const type = attributeValue(backend, 'type') ?? '';
    const what = 'TPM';
    return type === 'emulator'
      ? {
          what,
          fate: 'new',
          from: say`its state`,
          to: undefined,
          why: say`Starts empty: what is sealed with the old one (BitLocker) needs its recovery key.`,
        }
      : {
          what,
          fate: 'shared',
          from: type,
          to: type,
          why: say`There is one of it: the two VMs cannot run at the same time.`,
        };
  });
}

function metadataRows(source: XmlElement): IdentityRow[] {
  const metadata = child(source, 'metadata');
  return (metadata ? childElements(metadata) : []).map(({ name }) => ({
    what: 'metadata',
    fate: 'kept',
    from: name,
    to: name,
    why: say`It belongs to the program that wrote it: one that keeps ids there may take the clone for the source.`,
  }));
}

/** cloud-init finds its instance id in the serial number, or on a medium with a seed. */
function cloudInitRows(source: XmlElement): IdentityRow[] {
  const why = say`cloud-init does what is done once (host keys, hostname, users) for a new id only.`;
  const entries = elementsAt(source, ['sysinfo', 'system', 'entry']);
  const ids = entries.flatMap((entry) => /(?:^|;)ds=nocloud.*?;i=([^;]+)/.exec(textOf(entry))?.[1] ?? []);
  const media = elementsAt(source, ['devices', 'disk']).flatMap((disk) => {
    const path = attributeValue(child(disk, 'source'), 'file') ?? '';
    return /(?:seed|cidata|cloud-?init|config-?drive)[^/]*$/i.test(path) ? [path] : [];
  });
  return [
    ...ids.map((id): IdentityRow => ({ what: say`cloud-init instance id`, fate: 'kept', from: id, to: id, why })),
    ...media.map(
      (path): IdentityRow => ({
        what: say`cloud-init instance id`,
        fate: 'kept',
        from: say`as in ${path}`,
        to: say`as in ${path}`,
        why,
      }),
    ),
  ];
}
