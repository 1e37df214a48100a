/** Sound cards and the backends that they play through. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/sounds';

function* models(domain: Domain): Generator<Refused> {
  for (const sound of domain.devices('sound')) {
    const model = attribute(sound, 'model');
    if (model?.value.trim() !== 'ich7') continue;
    yield {
      at: valueSpan(model),
      message: say`\`ich7\` is a card of other hypervisors, and with QEMU libvirt refuses it. Use \`ich9\`, or \`ich6\` for guests without its driver.`,
      fixes: ['ich9', 'ich6'].map((better) => setValueOf(sound, 'model', better, domain.document)),
    };
  }
}

function idOf(audio: XmlElement | undefined): number | undefined {
  return wholeNumber(attributeValue(audio, 'id'));
}

/** Backends by their number; the first of each. */
function audios(domain: Domain): ReadonlyMap<number, XmlElement> {
  return domain.keep('audios by id', () => {
    const byId = new Map<number, XmlElement>();
    for (const audio of domain.devices('audio')) {
      const id = idOf(audio);
      if (id !== undefined && !byId.has(id)) byId.set(id, audio);
    }
    return byId;
  });
}

function* twice(domain: Domain): Generator<Refused> {
  const byId = audios(domain);
  for (const audio of domain.devices('audio')) {
    const id = idOf(audio);
    const first = id === undefined ? undefined : byId.get(id);
    if (!first || first === audio) continue;
    yield {
      at: placeOf(audio, 'id'),
      message: say`The audio backend ${id} is there already: libvirt refuses a number twice. Take the next free one.`,
      related: [relatedTo(placeOf(first, 'id'), say`The first one`)],
      fixes: [setValueOf(audio, 'id', String(Math.max(...byId.keys()) + 1), domain.document)],
    };
  }
}

/** A sound card, and a VNC display, play through the backend that they name. */
function* references(domain: Domain): Generator<Refused> {
  const byId = audios(domain);
  const vnc = domain.devices('graphics').filter((graphics) => attributeValue(graphics, 'type') === 'vnc');
  for (const user of [...domain.devices('sound'), ...vnc]) {
    const audio = child(user, 'audio');
    const id = idOf(audio);
    if (!audio || !id || byId.has(id)) continue;
    const [known] = byId.keys();
    yield {
      at: placeOf(audio, 'id'),
      message: say`There is no \`<audio>\` with the number ${id}: libvirt refuses the reference.${known === undefined ? say` Remove it: libvirt adds a backend that fits the display.` : ''}`,
      related: [...byId.values()].slice(0, 1).map((one) => relatedTo(nameSpan(one), say`A backend that is there`)),
      fixes: [
        known === undefined ? undefined : setValueOf(audio, 'id', String(known), domain.document),
        dropElement(audio, domain.document),
      ],
    };
  }
}

/** D-Bus shows sound that QEMU hands it, no other. */
function* dbusAudio(domain: Domain): Generator<Refused> {
  for (const graphics of domain.devices('graphics')) {
    const reference = child(graphics, 'audio');
    const audio = audios(domain).get(idOf(reference) ?? 0);
    const type = attribute(audio, 'type');
    if (attributeValue(graphics, 'type') !== 'dbus' || !reference || !type || type.value.trim() === 'dbus') continue;
    yield {
      at: placeOf(reference, 'id'),
      message: say`A D-Bus display plays through a backend of type \`dbus\`, and this one is \`${type.value.trim()}\`: libvirt refuses the pair.`,
      related: [relatedTo(valueSpan(type), say`Its type`)],
      fixes: [setValueOf(type.parent, 'type', 'dbus', domain.document)],
    };
  }
}

/** Fixed settings are those of QEMU's own mixer. */
function* settings(domain: Domain): Generator<Refused> {
  for (const audio of domain.devices('audio'))
    for (const side of ['input', 'output'].flatMap((name) => child(audio, name) ?? [])) {
      const fixed = attributeValue(side, 'fixedSettings') === 'yes';
      const details = child(side, 'settings');
      if (fixed && attributeValue(side, 'mixingEngine') !== 'yes')
        yield {
          at: placeOf(side, 'fixedSettings'),
          message: say`Fixed settings are those of QEMU's own mixer: libvirt refuses them unless \`mixingEngine\` is \`yes\`.`,
          fixes: [setValueOf(side, 'mixingEngine', 'yes', domain.document)],
        };
      else if (details && !fixed)
        yield {
          at: nameSpan(details),
          message: say`Without \`fixedSettings="yes"\` the backend chooses the settings: libvirt refuses \`<settings>\` then.`,
          fixes: [setValueOf(side, 'fixedSettings', 'yes', domain.document), dropElement(details, domain.document)],
        };
    }
}

export const refusals: readonly Rule[] = [
  refusal('devices/sound-model', page, models, { needs: ['sound'] }),
  refusal('devices/audio-twice', page, twice, { since: '7.2.0', needs: ['audio'] }),
  refusal('devices/audio-missing', page, references, { since: '7.2.0', needs: ['audio|@id'] }),
  refusal('devices/audio-dbus', page, dbusAudio, { since: '8.4.0', needs: ['audio'] }),
  refusal('devices/audio-settings', page, settings, { since: '7.2.0', needs: ['audio'] }),
];
