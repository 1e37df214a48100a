/** Sources in the network: the name and the hosts that each protocol asks for. */
import { wholeNumber } from '../../domain/numbers.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { insertChild, setValue } from '../../xml/edits.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type RefusalOptions, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { networkSources } from './sources.ts';

type NetworkSource = ReturnType<typeof networkSources>[number];

const page = 'storage/protocols';

/** Names that libvirt takes apart at the first slash, with the words for the two parts and a pool to start from. */
const TWO_PARTS: Readonly<Record<string, readonly [form: string, sample: string]>> = {
  rbd: ['pool/image', 'rbd'],
  gluster: ['volume/path', 'volume'],
};
/** Protocols whose server is told by exactly one host. */
const ONE_HOST = new Set('nbd iscsi nfs ssh http https ftp ftps tftp vxhs'.split(' '));
/** Protocols that nobody serves any more, with what became of them. */
const REMOVED: Readonly<Record<string, Phrase>> = {
  sheepdog: phrase`libvirt and QEMU have both dropped it`,
  vxhs: phrase`QEMU dropped it in 5.1`,
};
const LAST_PORT = 65535;

function* wrongNames(source: NetworkSource, document: XmlDocument): Iterable<Refused> {
  const name = attribute(source.element, 'name');
  const [form, sample] = TWO_PARTS[source.protocol] ?? [];
  if (!name || form === undefined || name.value.trim() === '' || /^[^/]+\/./.test(name.value)) return;
  const whole = `${sample}/${name.value.replace(/^\/+/, '')}`;
  yield {
    at: valueSpan(name),
    message: say`The name of a \`${source.protocol}\` source is \`${form}\`; libvirt cannot part \`${name.value}\` into the two, and refuses it. Write both.`,
    fixes: [
      { title: say`Change the name to ${whole} (put your own in its place)`, edits: setValue(name, whole, document) },
    ],
  };
}

function* missingNames(source: NetworkSource): Iterable<Refused> {
  if (source.protocol === 'nbd' || attribute(source.element, 'name')) return;
  const form = TWO_PARTS[source.protocol]?.[0] ?? 'path';
  yield {
    at: nameSpan(source.element),
    message: say`A source of the protocol \`${source.protocol}\` needs a \`name\`: without, libvirt does not know what to ask the server for, and refuses the definition. Add \`name='${form}'\`.`,
  };
}

/** No host where one is needed; more than one are the grammar's to refuse. */
function* missingHosts({ element, protocol, hosts }: NetworkSource, document: XmlDocument): Iterable<Refused> {
  if (!ONE_HOST.has(protocol) || hosts.length > 0) return;
  const crash = protocol === 'iscsi' ? say`, and libvirt 9.0 ends with all that it manages` : '';
  yield {
    at: nameSpan(element),
    message: say`The protocol \`${protocol}\` needs a \`<host>\` to connect to: without, ${protocol === 'nfs' ? say`libvirt refuses the definition` : say`the guest does not start`}${crash}.`,
    fixes: [
      {
        title: say`Add a host (put your own in its place)`,
        edits: insertChild(element, "<host name='storage.example.org'/>", document, { first: true }),
      },
    ],
  };
}

function* wrongPorts(source: NetworkSource, document: XmlDocument): Iterable<Refused> {
  for (const host of source.hosts) {
    const port = attribute(host, 'port');
    const number = wholeNumber(port?.value);
    if (!port || number === undefined) continue;
    if (source.protocol === 'nfs')
      yield {
        at: { start: port.nameStart, end: port.nameEnd },
        message: say`The host of an \`nfs\` source has no port: libvirt refuses the definition. Remove it.`,
        fixes: [dropAttribute(port, document)],
      };
    else if (number > LAST_PORT)
      yield {
        at: valueSpan(port),
        message: say`Ports end at ${LAST_PORT}: libvirt refuses ${number}.`,
        fixes: [dropAttribute(port, document)],
      };
  }
}

/** Transports that QEMU cannot take: RDMA never, a socket of the host only where the protocol knows one. */
function* wrongTransports(source: NetworkSource, document: XmlDocument): Iterable<Refused> {
  for (const host of source.hosts) {
    const transport = attribute(host, 'transport');
    const value = transport?.value.trim();
    if (!transport || value === undefined) continue;
    const isSocket = value === 'unix' && source.protocol === 'rbd';
    // libvirt tells QEMU that iSCSI goes by TCP, whatever is written.
    if ((value !== 'rdma' || source.protocol === 'iscsi') && !isSocket) continue;
    yield {
      at: valueSpan(transport),
      message:
        value === 'rdma'
          ? say`QEMU reaches no storage by \`rdma\`: the definition is stored, but the guest does not start. Use \`tcp\`.`
          : say`Ceph monitors are reached by TCP, not by a socket of the host: the definition is stored, but the guest does not start.`,
      fixes: [value === 'rdma' ? setValueOf(host, 'transport', 'tcp', document) : dropElement(host, document)],
    };
  }
}

function* removed(source: NetworkSource): Iterable<Refused> {
  const fate = REMOVED[source.protocol];
  if (fate === undefined) return;
  yield {
    at: placeOf(source.element, 'protocol'),
    message: say`The protocol \`${source.protocol}\` is gone: ${fate}, and libvirt refuses the disk. Move the data to another store, such as \`rbd\` or \`nbd\`.`,
  };
}

/** target/LUN: the part behind the slash is the number of a unit, 0 where there is none. */
function* wrongUnits(source: NetworkSource, document: XmlDocument): Iterable<Refused> {
  const name = source.protocol === 'iscsi' ? attribute(source.element, 'name') : undefined;
  const [target = '', ...rest] = name?.value.split('/') ?? [];
  const unit = rest.join('/');
  if (!name || rest.length === 0 || wholeNumber(unit) !== undefined) return;
  yield {
    at: valueSpan(name),
    message: say`Behind the slash of an \`iscsi\` name stands the number of a unit, not \`${unit}\`: the definition is stored, but the guest does not start.`,
    fixes: [{ title: say`Change the name to ${target}/0`, edits: setValue(name, `${target}/0`, document) }],
  };
}

export const refusals: readonly Rule[] = [
  each('storage/rbd-name', wrongNames),
  each('storage/network-name-missing', missingNames, { withoutFix: true }),
  each('storage/network-host-count', missingHosts),
  each('storage/host-port', wrongPorts),
  each('storage/host-transport', wrongTransports),
  each('storage/removed-protocol', removed, { withoutFix: true }),
  each('storage/iscsi-unit', wrongUnits),
];

function each(
  id: string,
  wrong: (source: NetworkSource, document: XmlDocument) => Iterable<Refused>,
  options: RefusalOptions = {},
): Rule {
  return refusal(
    id,
    page,
    (domain) => networkSources(domain).flatMap((source) => [...wrong(source, domain.document)]),
    { needs: ['@protocol'], ...options },
  );
}
