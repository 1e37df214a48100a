/** Guests that no QEMU can run: a machine of another architecture, or an operating system of another hypervisor. */
import type { Domain } from '../../domain/domain.ts';
import { architectureOf, ownerOfMachine } from '../../domain/platform.ts';
import { removeAttribute, setText } from '../../xml/edits.ts';
import { attribute, child, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
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
    message: `\`${arch.value}\` has no machine \`${name}\`, which belongs to another architecture; libvirt refuses it. Correct one of the two.`,
    related: [{ ...valueSpan(arch), message: 'The architecture' }],
    fixes: [...toX86, { title: "Use libvirt's default machine", edits: removeAttribute(machine, domain.document) }],
  };
}

/** QEMU's binaries are called by what they emulate; `qemu-kvm` and wrappers tell nothing. */
const EMULATOR = /\/qemu-system-(\w+)$/;

function* foreignEmulator(domain: Domain): Generator<Refused> {
  const [emulator] = domain.devices('emulator');
  const arch = attribute(child(domain.root, 'os', 'type'), 'arch');
  const [, emulated] = EMULATOR.exec(textOf(emulator)) ?? [];
  if (!emulator || !arch || emulated === undefined) return;
  const families = [emulated, arch.value.trim()].map(architectureOf);
  if (families.includes('other') || families[0] === families[1]) return;
  yield {
    at: textSpan(emulator),
    message: `This QEMU emulates \`${emulated}\`, and the guest is of \`${arch.value}\`; libvirt refuses it. Leave \`<emulator>\` out: libvirt finds the right one.`,
    related: [{ ...valueSpan(arch), message: 'The architecture' }],
    fixes: [dropElement(emulator, domain.document)],
  };
}

function* osType(domain: Domain): Generator<Refused> {
  const type = child(domain.root, 'os', 'type');
  const text = textOf(type);
  if (!type || text === '' || text === 'hvm') return;
  yield {
    at: textSpan(type),
    message: `QEMU runs whole machines, \`hvm\`; \`${text}\` is a kind of guest of another hypervisor, and libvirt refuses it for \`type='${domain.type}'\`.`,
    fixes: [{ title: "Use 'hvm'", edits: setText(type, 'hvm') }],
  };
}

export const refusals: readonly Rule[] = [
  refusal('features/machine-of-other-architecture', page, foreignMachine, { needs: ['@arch', '@machine'] }),
  refusal('features/emulator-of-other-architecture', page, foreignEmulator, { needs: ['emulator', '@arch'] }),
  refusal('features/os-type', page, osType, { needs: ['os'] }),
];
