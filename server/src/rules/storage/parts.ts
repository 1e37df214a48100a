/** Parts of a source that libvirt refuses: volumes and NVMe devices told by half, reservations, slices, cookies. */

import { wholeNumber } from '../../domain/numbers.ts';
import type { StorageSource } from '../../domain/storageSource.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { qemuSources } from './sources.ts';

const page = 'storage/parts';

function* halfVolumes({ type, element }: StorageSource, document: XmlDocument): Iterable<Refused> {
  if (type !== 'volume') return;
  const missing = ['pool', 'volume'].filter((name) => !attribute(element, name));
  const [name] = missing;
  // A drive without a medium has neither, and nothing is said of it.
  if (name === undefined || missing.length > 1) return;
  const sample = name === 'pool' ? 'default' : 'disk.qcow2';
  yield {
    at: nameSpan(element),
    message: say`A volume is found by its pool and its name in it; \`${name}\` is missing, and libvirt refuses the definition.`,
    fixes: [
      {
        title: say`Add ${name}='${sample}' (put your own in its place)`,
        edits: setAttribute(element, name, sample, document),
      },
    ],
  };
}

function* zeroNamespace({ type, element }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const namespace = attribute(element, 'namespace');
  if (type !== 'nvme' || !namespace || wholeNumber(namespace.value) !== 0) return;
  yield {
    at: valueSpan(namespace),
    message: say`Namespaces of an NVMe device are counted from 1: libvirt refuses 0.`,
    fixes: [setValueOf(element, 'namespace', '1', document)],
  };
}

/** managed='no' leaves the helper to the administrator, who must say where it listens. */
function* wrongReservations({ disk, element }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const reservations = child(element, 'reservations');
  if (!reservations) return;
  if (disk.device !== 'lun') {
    yield {
      at: nameSpan(reservations),
      message: say`Persistent reservations are SCSI commands of the guest, which only \`device='lun'\` passes on: libvirt refuses them on a ${disk.device}. Remove \`<reservations>\`.`,
      fixes: [dropElement(reservations, document)],
    };
    return;
  }
  const managed = attribute(reservations, 'managed');
  const socket = child(reservations, 'source');
  const asManaged = (): Fix => setValueOf(reservations, 'managed', 'yes', document);
  if (!managed)
    yield {
      at: nameSpan(reservations),
      message: say`\`<reservations>\` must say whether libvirt starts its helper (\`managed='yes'\`) or you do (\`no\`): libvirt refuses the definition.`,
      fixes: [asManaged()],
    };
  else if (managed.value.trim() === 'no' && !socket)
    yield {
      at: valueSpan(managed),
      message: say`With \`managed='no'\` libvirt must know where your helper listens: it refuses the definition without \`<source type='unix' path='…' mode='client'/>\`.`,
      fixes: [
        asManaged(),
        {
          title: say`Add the socket of a helper (put your own in its place)`,
          edits: insertChild(
            reservations,
            "<source type='unix' path='/run/qemu-pr-helper.sock' mode='client'/>",
            document,
          ),
        },
      ],
    };
  else if (socket && attributeValue(socket, 'mode') === 'server')
    yield {
      at: placeOf(socket, 'mode'),
      message: say`The helper listens and QEMU connects: libvirt refuses \`server\` here. Use \`client\`.`,
      fixes: [setValueOf(socket, 'mode', 'client', document)],
    };
}

/** What a physical unit that is passed on cannot have: a part of it, or encryption by QEMU. */
function* partsOfLun({ disk, holder, element }: StorageSource, document: XmlDocument): Iterable<Refused> {
  if (disk.device !== 'lun' || holder !== disk.element) return;
  const related = [relatedTo(placeOf(disk.element, 'device'), say`Pass-through is asked for here`)];
  const inner = child(element, 'slices') ?? child(element, 'encryption') ?? child(disk.element, 'encryption');
  if (!inner) return;
  const what = inner.name === 'slices' ? say`take a slice of it` : say`decrypt it`;
  yield {
    at: nameSpan(inner),
    message: say`\`device='lun'\` passes the whole unit on, so QEMU cannot ${what}: libvirt refuses \`<${inner.name}>\`. Remove it, or use \`device='disk'\`.`,
    related,
    fixes: [dropElement(inner, document)],
  };
}

function* repeatedCookies({ element }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const cookies = child(element, 'cookies');
  const seen = new Set<string>();
  for (const cookie of cookies ? childElements(cookies, 'cookie') : []) {
    const name = attributeValue(cookie, 'name') ?? '';
    if (seen.has(name))
      yield {
        at: placeOf(cookie, 'name'),
        message: say`The cookie \`${name}\` is given twice: libvirt refuses the definition. Keep one.`,
        fixes: [dropElement(cookie, document, say`Remove the second`)],
      };
    seen.add(name);
  }
}

/** Formats whose images stand on another image. */
const ON_ANOTHER = new Set(['qcow', 'qcow2', 'qed', 'vmdk']);

/** A level below an image whose format has no room for the name of one. */
function* baseOfFlat({ holder, format, type }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const base = child(holder, 'backingStore');
  const written = format?.value.trim();
  // Without a type it ends the chain, whatever it holds.
  if (
    !base ||
    !attribute(base, 'type') ||
    !format ||
    written === undefined ||
    ON_ANOTHER.has(written) ||
    type === 'vhostuser'
  )
    return;
  yield {
    at: nameSpan(base),
    message: say`An image of the format \`${written}\` stands on no other: the definition is stored, but the guest does not start. Remove \`<backingStore>\`, or say \`qcow2\` if it is one.`,
    related: [relatedTo(valueSpan(format), say`The format of the image above`)],
    fixes: [dropElement(base, document)],
  };
}

/** Formats that libvirt has a name for and QEMU no driver, with what is meant by them. */
const WITHOUT_DRIVER: Readonly<Record<string, string>> = { iso: 'raw', cow: 'qcow2', dir: 'fat', luks: 'raw' };

function* foreignFormats({ disk, holder, format }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const written = format?.value.trim() ?? '';
  const meant = WITHOUT_DRIVER[written];
  if (!format || meant === undefined || holder === disk.element) return;
  yield {
    at: valueSpan(format),
    message: say`QEMU has no driver for the format \`${written}\`, here of a level of the backing chain: libvirt refuses the definition. Use \`${meant}\`.`,
    fixes: [setValueOf(format.parent, 'type', meant, document)],
  };
}

/** Settings of qcow2 that other formats have not. */
function* settingsOfQcow2({ disk, holder, format }: StorageSource, document: XmlDocument): Iterable<Refused> {
  const written = format?.value.trim();
  if (holder !== disk.element || !disk.driver || disk.type === 'vhostuser') return;
  const cache = child(disk.driver, 'metadata_cache');
  if (cache && written !== undefined && written !== 'qcow2')
    yield {
      at: nameSpan(cache),
      message: say`\`<metadata_cache>\` sizes the tables of a \`qcow2\` image; libvirt refuses it with \`${written}\`. Remove it.`,
      fixes: [dropElement(cache, document)],
    };
}

export const refusals: readonly Rule[] = [
  each('storage/volume-incomplete', halfVolumes, { since: '1.0.5', needs: ['@pool|@volume'] }),
  each('storage/nvme-namespace', zeroNamespace, { since: '6.0.0', needs: ['@namespace'] }),
  each('storage/reservations', wrongReservations, { since: '4.4.0', needs: ['reservations'] }),
  each('storage/lun-source', partsOfLun, { since: '6.0.0', needs: ['slices|encryption'] }),
  each('storage/cookie-duplicate', repeatedCookies, { since: '6.2.0', needs: ['cookie'] }),
  each('storage/backing-of-flat-image', baseOfFlat, { since: '1.2.4', needs: ['backingStore'] }),
  each('storage/backing-format', foreignFormats, { since: '5.10.0', needs: ['backingStore'] }),
  each('storage/metadata-cache', settingsOfQcow2, { since: '7.0.0', needs: ['metadata_cache'] }),
];

function each(
  id: string,
  wrong: (source: StorageSource, document: XmlDocument) => Iterable<Refused>,
  options: RefusalOptions,
): Rule {
  return refusal(
    id,
    page,
    (domain) => qemuSources(domain).flatMap((source) => [...wrong(source, domain.document)]),
    options,
  );
}
