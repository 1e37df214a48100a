/** The host's side of character devices: what each type must name, and how it may connect. */
import { type CharacterDevice, characterDevices } from '../../domain/characterDevices.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { addAttributes, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/characters';

/** What `<source>` must say, with a value to be replaced by one's own. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  file: { path: '/var/log/libvirt/qemu/serial0.log' },
  dev: { path: '/dev/ttyS0' },
  pipe: { path: '/run/libvirt/serial0' },
  unix: { path: '/run/libvirt/serial0.sock' },
  tcp: { host: '127.0.0.1', service: '4555' },
  udp: { service: '4555' },
  spiceport: { channel: 'org.example.console.0' },
  dbus: { channel: 'org.example.console.0' },
};

/** libvirt makes up the path of a socket that leads to a channel with a name. */
function mayLackPath({ device, type, targetType }: CharacterDevice): boolean {
  return type === 'unix' && device.name === 'channel' && (targetType === 'virtio' || targetType === 'xen');
}

function* missing(domain: Domain): Generator<Refused> {
  for (const character of characterDevices(domain)) {
    const { device, holder, type, sources, isSerialAgain } = character;
    const needed = Object.hasOwn(NEEDED, type) ? NEEDED[type] : undefined;
    if (!needed || isSerialAgain || mayLackPath(character) || (type === 'dbus' && device.name === 'redirdev')) continue;
    // The address of a udp device is the one that it sends to, whichever `<source>` that is.
    const source = sources.find((one) => type !== 'udp' || attributeValue(one, 'mode') !== 'bind');
    const absent = Object.entries(needed).filter(([name]) => attributeValue(source, name) === undefined);
    if (absent.length === 0) continue;
    const names = absent.map(([name]) => `\`${name}\``).join(say` and `);
    yield {
      at: source ? nameSpan(source) : placeOf(holder, 'type'),
      message: say`A \`<${device.name}>\` of type \`${type}\` lacks ${names} in ${source ? '`<source>`' : say`a \`<source>\``}: libvirt has nothing to connect it to and refuses it. Add ${absent.length > 1 ? 'them' : 'it'}.`,
      fixes: [complete(character, Object.fromEntries(absent), domain.document)],
    };
  }
}

function complete(
  { holder, type, sources }: CharacterDevice,
  values: Readonly<Record<string, string>>,
  document: XmlDocument,
): Fix {
  const written = Object.entries(values)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
  const title = say`Add ${written} (put your own in its place)`;
  const source = type === 'udp' ? sources.find((one) => attributeValue(one, 'mode') !== 'bind') : sources[0];
  if (source) return { title, edits: addAttributes(source, values, document) };
  const mode = type === 'unix' || type === 'tcp' ? "mode='bind' " : type === 'udp' ? "mode='connect' " : '';
  return { title, edits: insertChild(holder, `<source ${mode}${written}/>`, document, { first: true }) };
}

/** libvirt takes letters, digits and `_-.` for the name of a port. */
function* wrongNames(domain: Domain): Generator<Refused> {
  for (const { type, sources, isSerialAgain } of characterDevices(domain)) {
    const channel = attribute(sources[0], 'channel');
    if (isSerialAgain || (type !== 'spiceport' && type !== 'dbus') || !channel || /^[\w.-]*$/.test(channel.value))
      continue;
    yield {
      at: valueSpan(channel),
      message: say`The name of a port is made of letters, digits, \`_\`, \`-\` and \`.\`; libvirt refuses any other character.`,
      fixes: [setValueOf(channel.parent, 'channel', channel.value.trim().replace(/[^\w.-]+/g, '-'), domain.document)],
    };
  }
}

function* reconnects(domain: Domain): Generator<Refused> {
  for (const { type, sources } of characterDevices(domain)) {
    const [source] = sources;
    const reconnect = source && child(source, 'reconnect');
    const enabled = attribute(reconnect, 'enabled');
    if ((type !== 'unix' && type !== 'tcp') || !source || !reconnect || !enabled) continue;
    const mode = attribute(source, 'mode');
    if (mode?.value.trim() === 'bind') {
      yield {
        at: nameSpan(reconnect),
        message: say`Only a client reconnects: beside \`mode="bind"\`, where QEMU itself waits for clients, libvirt refuses \`<reconnect>\`. Remove it, or use \`mode="connect"\`.`,
        related: [relatedTo(valueSpan(mode), say`QEMU is the server`)],
        fixes: [
          dropElement(reconnect, domain.document),
          { ...setValueOf(source, 'mode', 'connect', domain.document), title: say`Use mode='connect'` },
        ],
      };
    } else if (enabled.value.trim() === 'yes' && [undefined, '0'].includes(attributeValue(reconnect, 'timeout'))) {
      yield {
        at: placeOf(reconnect, 'timeout'),
        message: say`QEMU has to know how long to wait before it tries again: libvirt refuses \`<reconnect>\` without \`timeout\`, and one of 0. Give the seconds between two attempts, or switch it off.`,
        fixes: [setValueOf(reconnect, 'timeout', '10', domain.document)],
      };
    }
  }
}

function* encryptedProtocols(domain: Domain): Generator<Refused> {
  for (const { holder, type, sources } of characterDevices(domain)) {
    const protocol = attribute(child(holder, 'protocol'), 'type');
    const name = protocol?.value.trim();
    if (type !== 'tcp' || !protocol || (name !== 'telnets' && name !== 'tls')) continue;
    const plain = setValueOf(protocol.parent, 'type', name === 'tls' ? 'raw' : 'telnet', domain.document);
    const [source] = sources;
    const tls = source && !attribute(source, 'tls') ? addAttributes(source, { tls: 'yes' }, domain.document) : [];
    yield {
      at: valueSpan(protocol),
      message: say`QEMU has no protocol \`${name}\`: it is of other hypervisors, and newer releases of libvirt refuse it. For encryption there is \`tls="yes"\` in \`<source>\`.`,
      fixes: [{ title: say`${plain.title} and encrypt with TLS`, edits: [...plain.edits, ...tls] }],
    };
  }
}

/** A pair of terminals of FreeBSD, for bhyve. */
function* foreignTypes(domain: Domain): Generator<Refused> {
  for (const { device, holder, type, isSerialAgain } of characterDevices(domain)) {
    if (type !== 'nmdm' || isSerialAgain) continue;
    yield {
      at: placeOf(holder, 'type'),
      message: say`\`nmdm\` is a pair of terminals of FreeBSD, which bhyve uses: libvirt does not start a guest of QEMU with it. Use \`pty\`.`,
      fixes: [
        {
          title: say`Change type to 'pty'`,
          edits: [
            ...setValueOf(holder, 'type', 'pty', domain.document).edits,
            ...childElements(device, 'source').flatMap((source) => dropElement(source, domain.document).edits),
          ],
        },
      ],
    };
  }
}

/** udp has an address for either direction; all others have one. */
function* tooMany(domain: Domain): Generator<Refused> {
  for (const { holder, type } of characterDevices(domain)) {
    const most = type === 'udp' ? 2 : 1;
    for (const [name, allowed] of [
      ['source', most],
      ['log', 1],
      ['protocol', 1],
    ] as const) {
      const [surplus] = childElements(holder, name).slice(allowed);
      if (!surplus) continue;
      yield {
        at: nameSpan(surplus),
        message: say`A character device of type \`${type}\` has ${allowed === 1 ? say`one` : say`two`} \`<${name}>\` at most: libvirt refuses more. Remove this one.`,
        fixes: [dropElement(surplus, domain.document)],
      };
    }
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/chardev-source', page, missing, {
    needs: ['serial|parallel|console|channel|redirdev|smartcard|rng|crypto|tpm|shmem|vsock'],
  }),
  refusal('devices/chardev-port-name', page, wrongNames, {
    needs: ['serial|parallel|console|channel|redirdev|smartcard|rng|crypto|tpm|shmem|vsock'],
  }),
  refusal('devices/chardev-reconnect', page, reconnects, { since: '3.7.0', needs: ['reconnect'] }),
  refusal('devices/chardev-type', page, foreignTypes, { needs: ['@type'] }),
  refusal('devices/chardev-protocol', page, encryptedProtocols, { since: '11.2.0', needs: ['protocol'] }),
  refusal('devices/chardev-parts', page, tooMany, {
    needs: ['serial|parallel|console|channel|redirdev|smartcard|rng|crypto|tpm|shmem|vsock'],
  }),
];
