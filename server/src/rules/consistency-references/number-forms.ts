/** Numbers that libvirt's grammar lets pass and its parser does not read: hexadecimal ones, zeroes, and those of too many digits. */
import type { Domain } from '../../domain/domain.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, setValueOf } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'consistency-references/number-forms';

const SIGNED = 2 ** 31 - 1;
const UNSIGNED = 2 ** 32 - 1;

interface Form {
  /** Names from the device, or from the domain, down to the element. */
  readonly path: readonly string[];
  readonly names: readonly string[];
  /** Read in decimal only. */
  readonly isDecimal?: boolean;
  readonly isNonZero?: boolean;
  /** Bounds of the type that it is read into. */
  readonly least?: number;
  readonly most?: number;
}

const AUDIO = ['input', 'output'];

/** As virDomain…DefParseXML read them. Of other numbers the schema says the same as the parser, or a rule of its own does. */
const FORMS: readonly Form[] = [
  { path: ['audio'], names: ['id', 'timerPeriod'], isDecimal: true, isNonZero: true },
  ...AUDIO.flatMap((side): Form[] => [
    { path: ['audio', side], names: ['voices', 'bufferLength'], isDecimal: true, isNonZero: true },
    { path: ['audio', side], names: ['bufferCount', 'latency'], isDecimal: true },
    { path: ['audio', side, 'settings'], names: ['frequency', 'channels'], isDecimal: true, isNonZero: true },
  ]),
  ...['sound', 'graphics'].map(
    (name): Form => ({
      path: [name, 'audio'],
      names: ['id'],
      isDecimal: true,
      isNonZero: true,
    }),
  ),
  ...['serial', 'parallel', 'console'].map(
    (name): Form => ({
      path: [name, 'target'],
      names: ['port'],
      isDecimal: true,
      most: UNSIGNED,
    }),
  ),
  { path: ['channel', 'target'], names: ['port'], isDecimal: true, least: 0, most: UNSIGNED },
  { path: ['controller', 'master'], names: ['startport'], isDecimal: true },
  { path: ['controller'], names: ['index'], most: SIGNED },
  { path: ['memballoon', 'stats'], names: ['period'], most: SIGNED },
  { path: ['disk', 'blockio'], names: ['logical_block_size', 'physical_block_size'], least: 0, most: UNSIGNED },
  { path: ['disk', 'geometry'], names: ['cyls', 'heads', 'secs'], least: 0, most: UNSIGNED },
  { path: ['disk', 'driver'], names: ['queues'], most: UNSIGNED },
  { path: ['interface', 'driver'], names: ['queues'], most: UNSIGNED },
  ...['disk', 'interface', 'hostdev', 'redirdev'].map(
    (name): Form => ({
      path: [name, 'boot'],
      names: ['order'],
      most: UNSIGNED,
    }),
  ),
  { path: ['rng', 'rate'], names: ['bytes', 'period'], most: UNSIGNED },
];

function elementsAt(domain: Domain, [device = '', ...rest]: readonly string[]): readonly XmlElement[] {
  return rest.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap((element) => childElements(element, name)),
    domain.devices(device),
  );
}

/** The attributes that a form speaks of, with the numbers in them. */
function* numbers(domain: Domain, isMeant: (form: Form) => boolean): Generator<[XmlAttribute, number, Form]> {
  for (const form of FORMS.filter(isMeant))
    for (const element of elementsAt(domain, form.path))
      for (const name of form.names) {
        const at = attribute(element, name);
        const value = at && numberIn(at);
        if (at && value !== undefined) yield [at, value, form];
      }
}

function numberIn(at: XmlAttribute): number | undefined {
  const text = at.value.trim();
  return /^-?\d+$/.test(text) ? Number(text) : numberOfAnyBase(text);
}

const HEXADECIMAL = /^0x[\da-f]+$/i;

function* notDecimal(domain: Domain): Generator<Refused> {
  const listed = [...numbers(domain, ({ isDecimal }) => isDecimal === true)].map(([at]) => at);
  for (const at of [...listed, ...usbAddresses(domain)]) {
    if (!HEXADECIMAL.test(at.value.trim())) continue;
    const decimal = String(Number(at.value.trim()));
    yield {
      at: valueSpan(at),
      message: say`libvirt reads \`${at.name}\` in decimal only, and refuses \`${at.value.trim()}\`. Write ${decimal}.`,
      fixes: [setValueOf(at.parent, at.name, decimal, domain.document)],
    };
  }
}

/** Bus and port of USB addresses, the only ones that are not read in any base. */
function usbAddresses(domain: Domain): XmlAttribute[] {
  return domain.devices().flatMap((device) => {
    const address = child(device, 'address');
    if (!address || attributeValue(address, 'type') !== 'usb') return [];
    return ['bus', 'port'].flatMap((name) => attribute(address, name) ?? []);
  });
}

function* zeroes(domain: Domain): Generator<Refused> {
  for (const [at, value] of numbers(domain, ({ isNonZero }) => isNonZero === true)) {
    if (value !== 0) continue;
    yield {
      at: valueSpan(at),
      message: say`\`${at.name}\` is 1 at least: libvirt refuses 0.${at.name === 'id' ? '' : say` Leave it out for the default.`}`,
      fixes: [
        at.name === 'id' ? setValueOf(at.parent, 'id', '1', domain.document) : dropAttribute(at, domain.document),
      ],
    };
  }
}

function* outOfBounds(domain: Domain): Generator<Refused> {
  for (const [at, value, { least = -SIGNED, most }] of numbers(domain, (form) => form.most !== undefined)) {
    // Those of PCI end at 255: devices/pci-controller-numbers.
    if (most === undefined || (value >= least && value <= most) || attributeValue(at.parent, 'type') === 'pci')
      continue;
    const near = value > most ? most : least;
    yield {
      at: valueSpan(at),
      message: say`\`${at.name}\` ${value > most ? say`ends` : say`begins`} at ${near}: libvirt refuses \`${at.value.trim()}\`.`,
      fixes: [setValueOf(at.parent, at.name, String(near), domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/number-not-decimal', page, notDecimal, { anyDriver: true }),
  refusal('consistency-references/number-zero', page, zeroes, { anyDriver: true, needs: ['audio'] }),
  refusal('consistency-references/number-too-large', page, outOfBounds, { anyDriver: true }),
];
