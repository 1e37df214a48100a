/** Guests that no QEMU can run: a machine of another architecture, or an operating system of another hypervisor. */
import type { Domain } from '../../domain/domain.ts';
import { type Architecture, architectureOf, ownerOfMachine } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, setText } from '../../xml/edits.ts';
import { attribute, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import { addChild, dropElement, setValueOf } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'features/machine';

/** Machines that architectures besides the PC's share, by name. */
const VIRT = /^virt(-|$)/;

function* foreignMachine(domain: Domain): Generator<Refused> {
  const type = child(domain.root, 'os', 'type');
  const [arch, machine] = [attribute(type, 'arch'), attribute(type, 'machine')];
  if (!type || !arch || !machine) return;
  const architecture = architectureOf(arch.value.trim());
  const name = machine.value.trim();
  const owner = ownerOfMachine(name);
  // Of an architecture that we don't know we don't know the machines.
  if (architecture === 'other') return;
  const isForeign =
    owner === undefined ? VIRT.test(name) && ['x86', 'ppc64', 's390'].includes(architecture) : owner !== architecture;
  if (!isForeign) return;
  const toX86 = architecture === 'x86' ? [setValueOf(type, 'machine', 'q35', domain.document)] : [];
  yield {
    at: valueSpan(machine),
    message: say`\`${arch.value}\` has no machine \`${name}\`, which belongs to another architecture; libvirt refuses it. Correct one of the two.`,
    related: [{ ...valueSpan(arch), message: say`The architecture` }],
    fixes: [...toX86, { title: say`Use libvirt's default machine`, edits: removeAttribute(machine, domain.document) }],
  };
}

/** Names of machines of these begin with a letter, whoever built QEMU (one of 32 bit ppc does not: `40p`). */
const LETTER_FIRST: readonly Architecture[] = ['x86', 'arm', 's390', 'riscv', 'loongarch'];

function* noMachine(domain: Domain): Generator<Refused> {
  const type = child(domain.root, 'os', 'type');
  const [arch, machine] = [attribute(type, 'arch'), attribute(type, 'machine')];
  const name = machine?.value.trim() ?? '';
  const architecture = arch && architectureOf(arch.value.trim());
  if (!type || !machine || !/^[^a-z]/i.test(name) || !architecture || !LETTER_FIRST.includes(architecture)) return;
  const drop = { title: say`Use libvirt's default machine`, edits: removeAttribute(machine, domain.document) };
  const toQ35 = architecture === 'x86' ? [setValueOf(type, 'machine', 'q35', domain.document)] : [];
  yield {
    at: valueSpan(machine),
    message: say`No QEMU has a machine \`${name}\`; libvirt refuses the definition. \`virsh domcapabilities\` and \`qemu-system-${arch?.value.trim()} -machine help\` tell which there are.`,
    fixes: [...toQ35, drop],
  };
}

/** QEMU's binaries are called by what they emulate; `qemu-kvm` and wrappers tell nothing. */
const EMULATOR = /\/qemu-system-(\w+)$/;

/** Architectures that share no emulator with another one: libvirt takes i686 for x86_64, and armv7l for aarch64. */
function standsAlone(family: Architecture): boolean {
  return family === 'x86' || family === 'arm' || family === 's390';
}

function* foreignEmulator(domain: Domain): Generator<Refused> {
  const [emulator] = domain.devices('emulator');
  const arch = attribute(child(domain.root, 'os', 'type'), 'arch');
  const [, emulated] = EMULATOR.exec(textOf(emulator)) ?? [];
  if (!emulator || !arch || emulated === undefined) return;
  const families = [emulated, arch.value.trim()].map(architectureOf);
  // Of two architectures that we don't know one may be the other's younger form.
  if (families[0] === families[1] || (families.includes('other') && !families.some(standsAlone))) return;
  yield {
    at: textSpan(emulator),
    message: say`This QEMU emulates \`${emulated}\`, and the guest is of \`${arch.value}\`; libvirt refuses it. Leave \`<emulator>\` out: libvirt finds the right one.`,
    related: [{ ...valueSpan(arch), message: say`The architecture` }],
    fixes: [dropElement(emulator, domain.document)],
  };
}

function* osType(domain: Domain): Generator<Refused> {
  const type = child(domain.root, 'os', 'type');
  const text = textOf(type);
  if (!type || text === '' || text === 'hvm') return;
  yield {
    at: textSpan(type),
    message: say`QEMU runs whole machines, \`hvm\`; \`${text}\` is a kind of guest of another hypervisor, and libvirt refuses it for \`type='${domain.type}'\`.`,
    fixes: [{ title: say`Use 'hvm'`, edits: setText(type, 'hvm') }],
  };
}

/** Elements that libvirt writes before `<os>`. */
const BEFORE_OS =
  'name uuid genid title description metadata maxMemory memory currentMemory blkiotune memtune numatune memoryBacking vcpu vcpus iothreads iothreadids cputune resource sysinfo'.split(
    ' ',
  );

/** What kind of guest it is, no driver guesses; only where a loader of Xen's boots it libvirt takes `xen`. */
function* withoutType(domain: Domain): Generator<Refused> {
  const { root, document } = domain;
  if (child(root, 'os') || child(root, 'bootloader')) return;
  const xml = `<os>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>`;
  yield {
    at: nameSpan(root),
    message: say`The guest has no \`<os>\`: libvirt refuses a definition without \`<type>\`, which says what is run, on which machine.`,
    fixes: [domain.isQemu ? addChild(root, xml, document, say`Add <os> of a q35 PC`, BEFORE_OS) : undefined],
  };
}

export const refusals: readonly Rule[] = [
  refusal('features/machine-of-other-architecture', page, foreignMachine, { needs: ['@arch', '@machine'] }),
  refusal('features/emulator-of-other-architecture', page, foreignEmulator, { needs: ['emulator', '@arch'] }),
  refusal('features/machine-unknown', page, noMachine, { needs: ['@machine'] }),
  refusal('features/os-type', page, osType, { needs: ['os'] }),
  refusal('features/os-missing', page, withoutType, { anyDriver: true }),
];
