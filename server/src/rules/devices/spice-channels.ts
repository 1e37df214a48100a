/** What travels over the SPICE connection, and where it may be plugged in. */
import { characterDevices } from '../../domain/characterDevices.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/spice-channels';

const OVER_SPICE = new Set(['spicevmc', 'spiceport']);

function* withoutSpice(domain: Domain): Generator<Refused> {
  if (domain.devices('graphics').some((graphics) => attributeValue(graphics, 'type') === 'spice')) return;
  const characters = characterDevices(domain)
    .filter(({ type, isSerialAgain }) => OVER_SPICE.has(type) && !isSerialAgain)
    .map(({ device, holder, type }) => ({ device, holder, type }));
  const audios = domain
    .devices('audio')
    .filter((audio) => attributeValue(audio, 'type') === 'spice')
    .map((device) => ({ device, holder: device, type: 'spice' }));
  for (const { device, holder, type } of [...characters, ...audios])
    yield {
      at: placeOf(holder, 'type'),
      message: say`\`${type}\` travels over the SPICE connection, and this guest has no SPICE graphics: libvirt refuses it. ${instead(device, type)}`,
      fixes: [replace(device, type, domain.document), addSpice(device, domain.document)],
    };
}

function instead(device: XmlElement, type: string): string {
  if (device.name === 'channel' && type === 'spicevmc')
    return say`For the clipboard over VNC there is \`qemu-vdagent\`.`;
  return device.name === 'audio'
    ? say`Choose another backend, such as \`none\`.`
    : say`Remove it, or add SPICE graphics.`;
}

function replace(device: XmlElement, type: string, document: XmlDocument): Fix {
  if (device.name === 'audio') return setValueOf(device, 'type', 'none', document);
  if (device.name !== 'channel' || type !== 'spicevmc') return dropElement(device, document);
  const source = "<source>\n  <clipboard copypaste='yes'/>\n</source>";
  const edits = child(device, 'source') ? [] : insertChild(device, source, document, { first: true });
  return {
    title: say`Use type 'qemu-vdagent'`,
    edits: [...setAttribute(device, 'type', 'qemu-vdagent', document), ...edits],
  };
}

function addSpice(device: XmlElement, document: XmlDocument): Fix {
  return {
    title: say`Add SPICE graphics`,
    edits: insertBefore(device, "<graphics type='spice' autoport='yes'/>", document),
  };
}

const VIRTIO = "<target type='virtio' name='com.redhat.spice.0'/>";

/** A number for each target type; libvirt compares that of whatever device with the channel's `virtio`, which only usb-serial shares. */
function* wrongPlugs(domain: Domain): Generator<Refused> {
  for (const { device, type, target, targetType } of characterDevices(domain)) {
    if (type !== 'spicevmc' || !['serial', 'parallel', 'console', 'channel'].includes(device.name)) continue;
    const fits =
      device.name === 'channel'
        ? targetType === undefined || targetType === 'virtio'
        : device.name !== 'parallel' && targetType !== undefined && !/^(isa-)?serial$/.test(targetType);
    if (fits) continue;
    yield {
      at: target && targetType ? placeOf(target, 'type') : nameSpan(device),
      message: say`The agent of SPICE is behind a channel of target type \`virtio\`; libvirt refuses \`spicevmc\` anywhere else.`,
      fixes: [
        device.name === 'channel' && target
          ? { title: say`Use target type 'virtio'`, edits: [{ start: target.start, end: target.end, newText: VIRTIO }] }
          : setValueOf(device, 'type', 'pty', domain.document),
      ],
    };
  }
}

const AGENT = 'com.redhat.spice.0';

function* otherNames(domain: Domain): Generator<Refused> {
  for (const { device, type, target, targetType } of characterDevices(domain)) {
    const name = attribute(target, 'name');
    if (device.name !== 'channel' || type !== 'spicevmc' || targetType !== 'virtio' || !target || !name) continue;
    if (name.value === AGENT) continue;
    yield {
      at: valueSpan(name),
      message: say`The agent of SPICE looks for a port of the name \`${AGENT}\`, and libvirt does not start the guest with \`${name.value}\`. Change it; another program needs another type of channel.`,
      fixes: [setValueOf(target, 'name', AGENT, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/spicevmc-without-spice', page, withoutSpice, {
    since: '0.8.8',
    needs: ['devices', '@type'],
  }),
  refusal('devices/spicevmc-name', page, otherNames, { since: '0.8.8', needs: ['channel', '@name'] }),
  refusal('devices/spicevmc-target', page, wrongPlugs, {
    since: '0.8.8',
    needs: ['channel|redirdev|smartcard|serial|parallel|console'],
  }),
];
