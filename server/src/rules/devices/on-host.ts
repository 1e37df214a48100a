/** What the emulators of a host cannot run at all: architectures, machine types, vCPUs, devices. */

import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import type { Fix } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, child, childElements, textSpan, valueSpan } from '../../xml/query.ts';
import { editDistance } from '../../xml/similar.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import { placeOf } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/on-host';

function* unsupportedKind(domain: Domain, host: Host): Iterable<Lack> {
  const { guests } = host.facts;
  if (!guests || host.guest(domain)) return;
  const type = attribute(domain.root, 'type');
  const arch = attribute(child(domain.root, 'os', 'type'), 'arch');
  const ofArch = guests.filter(
    ({ architecture }) => architecture === (domain.architecture ?? host.facts.cpu?.architecture),
  );
  if (ofArch.length === 0) {
    if (!arch) return;
    const known = [...new Set(guests.map(({ architecture }) => `\`${architecture}\``))].join(', ');
    yield {
      at: valueSpan(arch),
      message: (hosts) =>
        say`No emulator for \`${arch.value}\` on ${hosts}: libvirt there refuses the definition. Guests there can be ${known}; QEMU for other architectures is a package of its own.`,
    };
  } else if (type) {
    const others = ofArch.map((one) => one.type);
    yield {
      at: valueSpan(type),
      message: (hosts) =>
        domain.isKvm
          ? say`KVM is not available on ${hosts} (no \`/dev/kvm\`: off in the firmware, or not passed on to a virtual host): libvirt there refuses the definition.`
          : say`Domains of type \`${type.value}\` cannot run on ${hosts}: libvirt there refuses the definition.`,
      fixes: others.map((other) => ({
        title: say`Use type='${other}'`,
        edits: setValue(type, other, domain.document),
      })),
    };
  }
}

function* unknownMachine(domain: Domain, host: Host): Iterable<Lack> {
  const guest = host.guest(domain);
  const at = attribute(child(domain.root, 'os', 'type'), 'machine');
  const written = at?.value.trim() ?? '';
  if (!guest || guest.machines.length === 0 || !at || !/^[\w.-]+$/.test(written) || host.machine(domain)) return;
  const near = nearest(
    written,
    guest.machines.map(({ name }) => name),
  );
  yield {
    at: valueSpan(at),
    message: (hosts) =>
      say`There is no machine type \`${written}\` on ${hosts}: libvirt there refuses the definition. ${near.length > 0 ? say`Nearest to it: ${near.map((name) => `\`${name}\``).join(', ')}.` : ''}`.trim(),
    fixes: near.map(
      (name): Fix => ({ title: say`Change machine to '${name}'`, edits: setValue(at, name, domain.document) }),
    ),
  };
}

/** Of the same family the newest that is not newer, then what is spelt alike; aliases for names of other distributions. */
function nearest(written: string, known: readonly string[]): readonly string[] {
  const family = written.replace(/-[\d.]+$/, '');
  const alias = /q35/.test(written) ? 'q35' : /i440fx|^pc/.test(written) ? 'pc' : family;
  const older = known
    .filter((name) => name.startsWith(`${family}-`) && compareVersions(name, written) <= 0)
    .sort((a, b) => compareVersions(b, a));
  const alike = known.filter((name) => editDistance(name, written) <= 2);
  return [...new Set([...older.slice(0, 1), ...known.filter((name) => name === alias), ...alike])].slice(0, 3);
}

function compareVersions(a: string, b: string): number {
  const [first, second] = [a, b].map((name) => (/([\d.]+)$/.exec(name)?.[1] ?? '').split('.').map(Number));
  for (const [index, number] of (first ?? []).entries()) {
    const difference = number - (second?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function* tooManyVcpus(domain: Domain, host: Host): Iterable<Lack> {
  const element = child(domain.root, 'vcpu');
  const { vcpus, machine } = domain;
  const most = machine === undefined ? undefined : host.machine(domain)?.maxVcpus;
  if (!element || vcpus === undefined || most === undefined || vcpus <= most) return;
  yield {
    at: textSpan(element),
    message: (hosts) =>
      say`The machine type \`${machine}\` has ${most} vCPUs at most on ${hosts}, not ${vcpus}: libvirt there refuses the definition.`,
  };
}

interface Property {
  /** Elements with the attribute. */
  readonly of: (domain: Domain) => readonly XmlElement[];
  readonly attribute: string;
  /** The list of the emulator's values. */
  readonly values: string;
  /** The values of which libvirt tells whether there are; undefined: all. */
  readonly told?: ReadonlySet<string>;
  readonly advice: Phrase;
}

const below =
  (device: string, ...path: readonly string[]) =>
  (domain: Domain): readonly XmlElement[] =>
    domain.devices(device).flatMap((one) => child(one, ...path) ?? []);

const properties: readonly Property[] = [
  {
    of: (domain) => domain.devices('graphics'),
    attribute: 'type',
    values: 'graphics/type',
    told: new Set(['vnc', 'spice', 'sdl', 'egl-headless', 'dbus']),
    advice: phrase`Builds without SPICE (RHEL 9 and its like) have VNC.`,
  },
  {
    of: below('video', 'model'),
    attribute: 'type',
    values: 'video/modelType',
    told: new Set(['vga', 'cirrus', 'vmvga', 'qxl', 'virtio', 'bochs', 'ramfb']),
    advice: phrase`\`virtio\` suits guests with a driver for it, \`vga\` every other.`,
  },
  {
    of: below('tpm', 'backend'),
    attribute: 'type',
    values: 'tpm/backendModel',
    told: new Set(['emulator', 'passthrough']),
    advice: phrase`The emulator is a package of its own: swtpm.`,
  },
  {
    of: below('filesystem', 'driver'),
    attribute: 'type',
    values: 'filesystem/driverType',
    told: new Set(['virtiofs']),
    advice: phrase`It needs a newer QEMU, and the package of virtiofsd.`,
  },
  {
    of: below('rng', 'backend'),
    attribute: 'model',
    values: 'rng/backendModel',
    told: new Set(['random', 'egd', 'builtin']),
    advice: phrase`\`random\` with \`/dev/urandom\` is everywhere.`,
  },
  {
    of: below('interface', 'backend'),
    attribute: 'type',
    values: 'interface/backendType',
    told: new Set(['passt']),
    advice: phrase`It needs libvirt 9.0 or newer, and the package of passt.`,
  },
  {
    of: ({ root }) => [child(root, 'memoryBacking', 'source')].flatMap((one) => one ?? []),
    attribute: 'type',
    values: 'memoryBacking/sourceType',
    told: new Set(['memfd']),
    advice: phrase`It needs a newer QEMU and kernel.`,
  },
];

function* notInEmulator(domain: Domain, host: Host): Iterable<Lack> {
  const emulator = host.program(domain);
  if (!emulator) return;
  for (const { of, attribute: name, values, told, advice } of properties) {
    const known = emulator.values?.[values];
    if (!known) continue;
    for (const element of of(domain)) {
      const at = attribute(element, name);
      const value = at?.value.trim() ?? '';
      if (!at || known.includes(value) || (told && !told.has(value))) continue;
      yield lacking(element, at, value, known, advice, domain);
    }
  }
}

function lacking(
  element: XmlElement,
  at: XmlAttribute,
  value: string,
  known: readonly string[],
  advice: Phrase,
  { document }: Domain,
): Lack {
  const device = element.parent?.parent?.name === 'devices' ? (element.parent?.name ?? '') : element.name;
  // Another kind of screen has other attributes, and another source of memory other needs.
  const isPlain =
    element.parent?.name === 'video' && childElements(element).length === 0 && element.attributes.length === 1;
  return {
    at: placeOf(element, at.name),
    message: (hosts) =>
      say`QEMU on ${hosts} has no \`${value}\` for \`<${device}>\`${known.length > 0 ? say` (it has ${known.map((one) => `\`${one}\``).join(', ')})` : ''}: libvirt there refuses the definition, or its start. ${advice}`,
    fixes: isPlain
      ? ['virtio', 'vga']
          .filter((one) => known.includes(one))
          .map((one) => ({ title: say`Change type to '${one}'`, edits: setValue(at, one, document) }))
      : [],
  };
}

export const rules: readonly Rule[] = [
  hostRule({
    id: 'devices/arch-or-type-unsupported',
    page,
    severity: 'error',
    hasFix: true,
    find: unsupportedKind,
  }),
  hostRule({
    id: 'devices/machine-unknown',
    page,
    severity: 'error',
    needs: ['@machine'],
    hasFix: true,
    find: unknownMachine,
  }),
  hostRule({ id: 'devices/vcpus-beyond-machine', page, severity: 'error', needs: ['vcpu'], find: tooManyVcpus }),
  hostRule({ id: 'devices/not-in-emulator', page, severity: 'error', hasFix: true, find: notInEmulator }),
];
