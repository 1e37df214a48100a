/** The machine without its devices: memory, processors, firmware, features, clock. */
import { say } from '../l10n/say.ts';
import type { Answers } from './answers.ts';
import { around, type Lines, quoted, remark, when } from './lines.ts';
import type { Traits } from './traits.ts';

const MEBIBYTES_OF_PAGE = 2;

export function memory({ mebibytes }: Answers, { isTuned }: Traits): Lines {
  const pages = Math.ceil(mebibytes / MEBIBYTES_OF_PAGE);
  const whole = isTuned ? pages * MEBIBYTES_OF_PAGE : mebibytes;
  const size =
    whole % 1024 === 0 ? `<memory unit='GiB'>${whole / 1024}</memory>` : `<memory unit='MiB'>${whole}</memory>`;
  if (!isTuned) return [size];
  return [
    size,
    ...remark(
      say`Huge pages: the host must have ${pages} of 2 MiB free when the guest starts (sysctl vm.nr_hugepages). Without this element memory is ordinary.`,
    ),
    ...around('memoryBacking', around('hugepages', ["<page size='2' unit='MiB'/>"])),
  ];
}

export function processors({ vcpus }: Answers, { isTuned }: Traits): Lines {
  return [
    ...when(
      isTuned,
      ...remark(
        say`Pinning each vCPU to a core of its own makes latency even; a code action does it when the host's layout is known.`,
      ),
    ),
    `<vcpu placement='static'>${vcpus}</vcpu>`,
    ...when(isTuned, '<iothreads>1</iothreads>'),
  ];
}

export function firmware({ machine, lacks }: Answers, { firmware, isWindows }: Traits): Lines {
  const type = `<type arch='x86_64' machine=${quoted(machine)}>hvm</type>`;
  switch (firmware) {
    case 'bios':
      return [
        ...remark(
          lacks.includes('efi')
            ? say`BIOS: the host has no UEFI firmware (package ovmf or edk2-ovmf).`
            : say`BIOS. For UEFI write <os firmware='efi'> before the guest is installed.`,
        ),
        ...around('os', type),
      ];
    case 'efi':
      return [
        ...when(
          isWindows,
          ...remark(say`UEFI without Secure Boot: the host has no firmware for it. Windows 11 asks for it.`),
        ),
        ...around("os firmware='efi'", type),
      ];
    case 'secure-boot':
      return [
        ...remark(say`Secure Boot with the vendors' keys: only signed boot loaders and drivers start.`),
        ...around(
          "os firmware='efi'",
          type,
          around(
            'firmware',
            "<feature enabled='yes' name='enrolled-keys'/>",
            "<feature enabled='yes' name='secure-boot'/>",
          ),
          "<loader secure='yes'/>",
        ),
      ];
  }
}

const enlightenments = around(
  "hyperv mode='custom'",
  "<relaxed state='on'/>",
  "<vapic state='on'/>",
  "<spinlocks state='on' retries='8191'/>",
  "<vpindex state='on'/>",
  "<runtime state='on'/>",
  "<synic state='on'/>",
  around("stimer state='on'", "<direct state='on'/>"),
  "<reset state='on'/>",
  "<frequencies state='on'/>",
  "<tlbflush state='on'/>",
  "<ipi state='on'/>",
);

export function features({ isEnlightened, firmware }: Traits): Lines {
  return around(
    'features',
    '<acpi/>',
    '<apic/>',
    isEnlightened ? enlightenments : [],
    // The variables of Secure Boot are kept from the guest by system management mode.
    when(firmware === 'secure-boot', "<smm state='on'/>"),
  );
}

export function cpu({ vcpus }: Answers, { cpu, isWindows }: Traits): Lines {
  // Windows counts sockets, and its desktop editions use two at most.
  const topology = when(isWindows, `<topology sockets='1' cores='${vcpus}' threads='1'/>`);
  const attributes = cpu === 'host-passthrough' ? " migratable='on'" : '';
  return [
    ...remark(aboutCpu(cpu)),
    ...(topology.length > 0
      ? around(`cpu mode='${cpu}'${attributes}`, topology)
      : [`<cpu mode='${cpu}'${attributes}/>`]),
  ];
}

function aboutCpu(mode: Traits['cpu']): string {
  switch (mode) {
    case 'host-passthrough':
      return say`The host's own CPU: the fastest. A guest that shall move to hosts with another CPU wants mode='host-model' or a named model.`;
    case 'host-model':
      return say`The nearest named model with the host's features.`;
    case 'maximum':
      return say`All that QEMU can emulate.`;
  }
}

export function clock({ isWindows, isEnlightened }: Traits): Lines {
  if (!isWindows) return ["<clock offset='utc'/>"];
  return around(
    "clock offset='localtime'",
    "<timer name='rtc' tickpolicy='catchup'/>",
    "<timer name='pit' tickpolicy='delay'/>",
    "<timer name='hpet' present='no'/>",
    when(isEnlightened, "<timer name='hypervclock' present='yes'/>"),
  );
}
