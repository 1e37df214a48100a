/** What a disk is made of: a source that is missing, incomplete, or with a policy that it cannot have. */

import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, pathOf, textOf } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { formatOfName } from './imageNames.ts';
import { busPlace, qemuDisks, shortName } from './places.ts';

/** Source types whose source libvirt's grammar lets be left out, and what such a source looks like. */
const EXAMPLE: Readonly<Record<string, string>> = {
  file: "<source file='…'/>",
  block: "<source dev='…'/>",
  dir: "<source dir='…'/>",
  volume: "<source pool='…' volume='…'/>",
  nvme: "<source type='pci' namespace='1' managed='yes'>",
};
/** Attributes of source that say nothing of where the data are. */
const BESIDES = new Set(['startupPolicy', 'index', 'file', 'dev', 'dir']);

/** No source at all, or one that names nothing; what else a volume or NVMe source lacks is not judged here. */
function isEmpty(disk: Disk): boolean {
  if (!disk.source) return true;
  if (disk.type === 'volume' || disk.type === 'nvme') return false;
  return !disk.path && disk.source.attributes.every((one) => BESIDES.has(one.name));
}

function missesSource(disk: Disk): boolean {
  if (EXAMPLE[disk.type] === undefined || !isEmpty(disk)) return false;
  return disk.device === 'disk' ? disk.bus !== 'fdc' : disk.device === 'cdrom' && disk.bus === 'usb';
}

/** Where libvirt keeps images by default, under the domain's own name. */
function addSource(domain: Domain, disk: Disk): Fix[] {
  if (disk.type !== 'file') return [];
  const name = textOf(child(domain.root, 'name')).replace(/[^\w.-]/g, '_') || 'guest';
  const file = `/var/lib/libvirt/images/${name}.${disk.format ?? 'qcow2'}`;
  const xml = `<source file='${file}'/>`;
  const { document } = domain;
  const edits = disk.source
    ? setAttribute(disk.source, 'file', file, document)
    : disk.driver
      ? insertAfter(disk.driver, xml, document)
      : insertChild(disk.element, xml, document, { first: true });
  return [{ title: say`Add the source ${file}`, edits }];
}

/** Types whose data no file can be missing of. */
const WITHOUT_POLICY = new Set(['network', 'nvme', 'vhostuser', 'vhostvdpa']);

interface Policy {
  readonly at: XmlAttribute;
  readonly reason: string;
  readonly isRequisite: boolean;
}

function wrongPolicies(disk: Disk): Policy[] {
  const at = attribute(disk.source, 'startupPolicy');
  if (!at) return [];
  if (WITHOUT_POLICY.has(disk.type))
    return [
      { at, reason: say`is for sources that may be missing, not for \`type='${disk.type}'\``, isRequisite: false },
    ];
  if (at.value.trim() === 'requisite' && (disk.device === 'disk' || disk.device === 'lun'))
    return [{ at, reason: say`is for cdrom and floppy only`, isRequisite: true }];
  return [];
}

interface Layer {
  readonly layer: XmlElement;
  readonly lacking: 'format' | 'source';
}

/** A level of the backing chain that says something, but not everything; without a type it ends the chain, whatever it holds. */
function incompleteLayers(domain: Domain): Layer[] {
  return domain.elements('backingStore').flatMap((layer): Layer[] => {
    const [root, devices, disk] = pathOf(layer);
    const isLevel = attribute(layer, 'type') !== undefined;
    if (root !== 'domain' || devices !== 'devices' || disk !== 'disk' || !isLevel) return [];
    if (!attributeValue(child(layer, 'format'), 'type')) return [{ layer, lacking: 'format' }];
    return child(layer, 'source') ? [] : [{ layer, lacking: 'source' }];
  });
}

function completeLayer(domain: Domain, { layer, lacking }: Layer): Fix[] {
  if (lacking === 'source' || child(layer, 'format')) return [dropElement(layer, domain.document)];
  const format = formatOfName(attributeValue(child(layer, 'source'), 'file')) ?? 'qcow2';
  const xml = `<format type='${format}'/>`;
  return [
    { title: say`Add the format ${format}`, edits: insertChild(layer, xml, domain.document, { first: true }) },
    dropElement(layer, domain.document),
  ];
}

export const refusals: readonly Rule[] = [
  defineRule<Disk>({
    id: 'disk/missing-source',
    page: 'disk/source',
    severity: 'error',
    needs: ['disk'],
    find: (domain) => qemuDisks(domain).filter(missesSource),
    say: (disk) => ({
      at: nameSpan(disk.source ?? disk.element),
      message:
        disk.device === 'disk'
          ? say`${shortName(disk)} has no source: only cdrom and floppy drives may be empty, so libvirt refuses the definition. Add \`${EXAMPLE[disk.type]}\`.`
          : say`A cdrom on the bus \`usb\` may not be empty: libvirt refuses the definition, and where a release up to 9.0 does not, QEMU refuses to start. Give it a source, or put it on \`sata\`.`,
      related: [{ ...busPlace(disk), message: say`The disk` }],
    }),
    fix: (disk, domain) => addSource(domain, disk),
  }),
  defineRule<Policy>({
    id: 'disk/startup-policy',
    page: 'disk/source',
    severity: 'error',
    needs: ['@startupPolicy'],
    since: '0.9.7',
    find: (domain) => qemuDisks(domain).flatMap(wrongPolicies),
    say: ({ at, reason, isRequisite }) => ({
      at: { start: at.nameStart, end: at.nameEnd },
      message: say`\`startupPolicy${isRequisite ? "='requisite'" : ''}\` ${reason}: libvirt refuses the definition. ${isRequisite ? say`Use \`optional\` or \`mandatory\`.` : say`Remove it.`}`,
    }),
    fix: ({ at, isRequisite }, domain) => [
      ...(isRequisite
        ? [
            {
              title: say`Change startupPolicy to 'optional'`,
              edits: setAttribute(at.parent, 'startupPolicy', 'optional', domain.document),
            },
          ]
        : []),
      dropAttribute(at, domain.document),
    ],
  }),
  defineRule<Layer>({
    id: 'disk/backing-store-incomplete',
    page: 'disk/source',
    severity: 'error',
    needs: ['backingStore'],
    since: '5.10.0',
    find: incompleteLayers,
    say: ({ layer, lacking }) => ({
      at: nameSpan(layer),
      message: say`This level of the backing chain has no \`<${lacking}>\`. libvirt obeys a chain that is written down, so each level needs format and source: it refuses the definition. Complete it, or leave \`<backingStore>\` out and libvirt reads the image headers.`,
    }),
    fix: (match, domain) => completeLayer(domain, match),
  }),
];
