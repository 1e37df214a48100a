/** Encrypted images: which format, which engine, and what is not said in the domain. */
import { partsOf, type StorageSource } from '../../domain/storageSource.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { qemuSources } from './sources.ts';

/** Image formats that QEMU encrypts. */
const ENCRYPTED = new Set(['raw', 'qcow2']);
/** The scheme of the old qcow, and what libvirt takes for it. */
const OLD = new Set(['qcow', 'default']);
/** Formats that only Ceph's own library reads. */
const OF_LIBRBD = new Set(['luks2', 'luks-any']);

interface Encrypted {
  readonly source: StorageSource;
  readonly element: XmlElement;
  readonly document: XmlDocument;
}

/** The first objection to the encryption of a source, in the order in which libvirt asks. */
function* objections({ source, element, document }: Encrypted): Iterable<Refused> {
  const format = attribute(element, 'format');
  const engine = attribute(element, 'engine');
  const scheme = format?.value.trim() ?? '';
  const cipher = child(element, 'cipher');
  if (scheme === 'luks' && cipher) {
    yield {
      at: nameSpan(cipher),
      message: say`The cipher stands in the LUKS header of the image; a domain that states one is refused. Remove \`<cipher>\` (it is for making volumes).`,
      fixes: [dropElement(cipher, document)],
    };
  } else if (format && OLD.has(scheme)) {
    yield {
      at: valueSpan(format),
      message: say`The encryption of the old \`qcow\` format is weak, and libvirt refuses it. Use \`luks\`; the image must be converted.`,
      fixes: [change(format, 'luks', document, say` (the image must be converted)`)],
    };
  } else if (engine?.value.trim() === 'librbd') {
    if (source.protocol === 'rbd') return;
    yield {
      at: valueSpan(engine),
      message: say`Ceph's library encrypts Ceph's images only: libvirt refuses \`engine='librbd'\` on any other source. Leave the engine to QEMU.`,
      fixes: [dropAttribute(engine, document)],
    };
  } else if (format && OF_LIBRBD.has(scheme)) {
    yield {
      at: valueSpan(format),
      message: say`QEMU does not read \`${scheme}\`, only Ceph's library does (\`engine='librbd'\`, for RBD images): libvirt refuses the definition. Use \`luks\`.`,
      fixes: [
        ...(source.protocol === 'rbd' ? [setValueOf(element, 'engine', 'librbd', document)] : []),
        change(format, 'luks', document, say` (the image must be converted)`),
      ],
    };
  } else if (source.format && !ENCRYPTED.has(source.format.value.trim())) {
    yield {
      at: valueSpan(source.format),
      message: say`Only \`raw\` and \`qcow2\` images are encrypted, not \`${source.format.value.trim()}\`: libvirt refuses the definition.`,
      related: [relatedTo(nameSpan(element), say`The encryption`)],
      fixes: [
        change(source.format, 'qcow2', document, say` (the image must be converted)`),
        dropElement(element, document),
      ],
    };
  }
}

function change(at: XmlAttribute, value: string, document: XmlDocument, remark = ''): Fix {
  return { title: say`Change ${at.name} to '${value}'${remark}`, edits: setValue(at, value, document) };
}

/** Nothing that opens it: LUKS asks for a secret, and one alone on an SD card. */
function* wrongSecrets({ source, element, document }: Encrypted): Iterable<Refused> {
  const [first, second] = childElements(element, 'secret');
  const isLuks = /^luks/.test(attributeValue(element, 'format') ?? '');
  if (isLuks && !first)
    yield {
      at: nameSpan(element),
      message: say`The encryption names no \`<secret>\`: the definition is stored, but the guest does not start, for nothing opens the image. Name the secret that holds its passphrase.`,
      fixes: [],
    };
  else if (second && source.disk.bus === 'sd')
    yield {
      at: nameSpan(second),
      message: say`An encrypted SD card takes one secret: libvirt refuses the definition. Keep one.`,
      fixes: [dropElement(second, document)],
    };
}

function encrypted(source: StorageSource, document: XmlDocument): Encrypted[] {
  return partsOf(source, 'encryption').map((element) => ({ source, element, document }));
}

export const refusals: readonly Rule[] = [
  refusal(
    'storage/encryption',
    'storage/encrypted-images',
    (domain) =>
      qemuSources(domain).flatMap((source) =>
        encrypted(source, domain.document).flatMap((one) => [...objections(one), ...wrongSecrets(one)]),
      ),
    { since: '3.9.0', needs: ['encryption'] },
  ),
];
