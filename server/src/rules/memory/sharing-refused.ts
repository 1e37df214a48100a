/** Devices that live in another process and map guest memory: libvirt refuses them where that memory is private. */
import type { Domain } from '../../domain/domain.ts';
import { isDeclaredShared } from '../../domain/memory.ts';
import { phrase, say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { shareMemory, useMemfd } from './shareMemory.ts';

const page = 'memory/sharing-refused';

const HOW = phrase`Declare it with \`<access mode="shared"/>\` in \`<memoryBacking>\`, best with \`<source type="memfd"/>\`.`;

/** What makes the memory private, where the document says so. */
function whatIsPrivate(domain: Domain): readonly (Span & { readonly message: string })[] {
  const { access } = domain.memoryBacking;
  const modes = domain.numaCells.map((cell) => attribute(cell, 'memAccess'));
  const culprit = [...modes, access].find((mode) => mode?.value.trim() === 'private');
  return culprit ? [{ ...valueSpan(culprit), message: say`Private here` }] : [];
}

/** Devices of one kind that need the memory shared. */
function needsShared(
  id: string,
  since: string,
  devices: (domain: Domain) => readonly XmlAttribute[],
  message: (device: XmlAttribute) => string,
): Rule {
  return defineRule<XmlAttribute>({
    id,
    page,
    severity: 'error',
    since,
    find: (domain) =>
      domain.isQemu && !isDeclaredShared(domain.memoryBacking, domain.numaCells) ? devices(domain) : [],
    say(device, domain) {
      const related = whatIsPrivate(domain);
      return { at: valueSpan(device), message: `${message(device)} ${HOW}`, ...(related.length > 0 && { related }) };
    },
    fix: (_, domain) => [shareMemory(domain)],
  });
}

function attributesWith(values: readonly string[], attributes: readonly (XmlAttribute | undefined)[]): XmlAttribute[] {
  return attributes.filter(
    (found): found is XmlAttribute => found !== undefined && values.includes(found.value.trim()),
  );
}

const virtiofs = needsShared(
  'memory/virtiofs-needs-shared',
  '6.2.0',
  (domain) =>
    attributesWith(
      ['virtiofs'],
      domain.devices('filesystem').map((filesystem) => attribute(child(filesystem, 'driver'), 'type')),
    ),
  () => say`virtiofsd is a process of its own that maps guest memory, so virtiofs is refused while that is private.`,
);

const vhostUser = needsShared(
  'memory/vhostuser-disk-needs-shared',
  '7.1.0',
  (domain) => [
    ...attributesWith(
      ['vhostuser', 'vhostvdpa'],
      domain.disks.map((disk) => attribute(disk.element, 'type')),
    ),
    ...attributesWith(
      ['passt'],
      domain.interfaces
        .filter((face) => face.type === 'vhostuser')
        .map((face) => attribute(child(face.element, 'backend'), 'type')),
    ),
  ],
  (device) =>
    say`\`${device.value.trim()}\` hands guest memory to another process, so it is refused while that memory is private.`,
);

const blob = defineRule<XmlAttribute>({
  id: 'memory/video-blob-needs-memfd',
  page,
  severity: 'error',
  needs: ['@blob'],
  since: '9.2.0',
  *find(domain) {
    if (!domain.isQemu || domain.memoryBacking.source?.value.trim() === 'memfd') return;
    for (const video of domain.devices('video')) {
      const model = child(video, 'model');
      const on = attribute(model, 'blob');
      if (on?.value.trim() === 'on' && attributeValue(model, 'type') === 'virtio') yield on;
    }
  },
  say(on, { memoryBacking: { source } }) {
    return {
      at: valueSpan(on),
      message: say`With \`blob="on"\` the display reads pages of the guest in place, which libvirt allows with memfd memory only. Add \`<source type="memfd"/>\` to \`<memoryBacking>\`, or leave \`blob\` out.`,
      ...(source && { related: [{ ...nameSpan(source.parent), message: say`The memory source is set here` }] }),
    };
  },
  fix: (_, domain) => [useMemfd(domain)],
});

export const refusals: readonly Rule[] = [virtiofs, vhostUser, blob];
