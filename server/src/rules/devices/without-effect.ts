/** Settings of devices that libvirt reads and forgets, since something beside them leaves no room. */
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly at: Span;
  readonly message: string;
  readonly fix: Fix;
}

interface Row {
  /** Name of the device. */
  readonly device: string;
  /** The child or, with `@`, the attribute that is lost. */
  readonly lost: string;
  readonly when: (device: XmlElement) => boolean;
  readonly why: Phrase;
}

const isNot =
  (name: string, values: readonly string[]) =>
  (device: XmlElement): boolean =>
    !values.includes(attributeValue(device, name) ?? '');
const has = (device: XmlElement, name: string): boolean => attribute(device, name) !== undefined;

const ROWS: readonly Row[] = [
  ...['readonly', 'shareable'].map((lost) => ({
    device: 'hostdev',
    lost,
    when: isNot('type', ['scsi']),
    why: phrase`only SCSI devices have it; on any other the guest gets the device as it is`,
  })),
  ...['@passwdValidTo', '@connected'].map((lost) => ({
    device: 'graphics',
    lost,
    when: (graphics: XmlElement) => !has(graphics, 'passwd'),
    why: phrase`it belongs to a password, and there is none`,
  })),
  {
    device: 'filesystem',
    lost: 'binary',
    when: (filesystem) => attributeValue(child(filesystem, 'driver'), 'type') !== 'virtiofs',
    why: phrase`it configures the daemon of virtiofs, and this file system has another driver`,
  },
  {
    device: 'sound',
    lost: 'codec',
    when: isNot('model', ['ich6', 'ich9']),
    why: phrase`codecs are for the HDA cards \`ich6\` and \`ich9\``,
  },
];

function partOf(device: XmlElement, lost: string): XmlElement | XmlAttribute | undefined {
  return lost.startsWith('@') ? attribute(device, lost.slice(1)) : child(device, lost);
}

function* lostOf(domain: Domain, { device: name, lost, when, why }: Row): Generator<Match> {
  for (const device of domain.devices(name)) {
    const part = partOf(device, lost);
    if (!part || !when(device)) continue;
    const isAttribute = !('children' in part);
    yield {
      at: isAttribute ? attributeSpan(part) : nameSpan(part),
      message: say`libvirt forgets ${isAttribute ? `\`${part.name}\`` : `\`<${part.name}>\``} here without a word: ${why}.`,
      fix: isAttribute ? dropAttribute(part, domain.document) : dropElement(part, domain.document),
    };
  }
}

export const rule = defineRule<Match>({
  id: 'devices/without-effect',
  severity: 'information',
  tags: ['unnecessary'],
  find: (domain) => (domain.isQemu ? ROWS.flatMap((row) => [...lostOf(domain, row)]) : []),
  say: ({ at, message }) => ({ at, message }),
  fix: ({ fix }) => [fix],
});
