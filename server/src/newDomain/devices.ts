/** The devices of a new VM besides its disks. */
import { say } from '../l10n/say.ts';
import type { Answers, Network } from './answers.ts';
import { around, type Lines, quoted, remark, when } from './lines.ts';
import type { Traits } from './traits.ts';

/** More queues than this bring nothing that one interface could use. */
const MOST_QUEUES = 16;

export function usb({ screen, balloon }: Traits): Lines {
  if (screen) return ["<controller type='usb' model='qemu-xhci' ports='15'/>"];
  return when(balloon !== 'default', "<controller type='usb' model='none'/>");
}

export function network({ network: where, vcpus }: Answers, { isTuned }: Traits): Lines {
  if (where.kind === 'none') return [];
  const queues = isTuned && vcpus > 1 && where.kind !== 'user' ? Math.min(vcpus, MOST_QUEUES) : 0;
  return [
    ...remark(reach(where)),
    ...around(
      `interface type='${where.kind}'`,
      source(where),
      "<model type='virtio'/>",
      when(queues > 0, `<driver queues='${queues}'/>`),
    ),
  ];
}

function source(where: Network): Lines {
  if (where.kind === 'network') return [`<source network=${quoted(where.name)}/>`];
  return where.kind === 'bridge' ? [`<source bridge=${quoted(where.name)}/>`] : [];
}

function reach({ kind }: Network): string {
  switch (kind) {
    case 'bridge':
      return say`A bridge of the host: the guest is a neighbour of the host in its network.`;
    case 'user':
      return say`User-mode networking: the guest reaches the world, nobody reaches the guest.`;
    case 'network':
    case 'none':
      return say`A network of libvirt. The MAC address is chosen when the VM is defined.`;
  }
}

export function consoles({ serialConsole, guestAgent }: Traits): Lines {
  return [
    ...when(serialConsole, "<serial type='pty'/>", "<console type='pty'/>"),
    ...(guestAgent
      ? [
          ...remark(
            say`For qemu-guest-agent, to be installed in the guest: clean shutdown, consistent snapshots, addresses.`,
          ),
          ...around("channel type='unix'", "<target type='virtio' name='org.qemu.guest_agent.0'/>"),
        ]
      : []),
  ];
}

export function screen({ screen, tpm, isWindows }: Traits): Lines {
  return [
    ...when(screen, "<input type='tablet' bus='usb'/>"),
    ...(tpm ? around("tpm model='tpm-crb'", "<backend type='emulator' version='2.0'/>") : []),
    ...when(
      isWindows && !tpm,
      ...remark(say`No TPM: the host cannot emulate one (package swtpm). Windows 11 asks for it.`),
    ),
    ...(screen
      ? [
          ...remark(say`Seen from the host alone; viewers come through ssh.`),
          ...around("graphics type='vnc' autoport='yes'", "<listen type='address' address='127.0.0.1'/>"),
          "<sound model='ich9'/>",
          ...around('video', "<model type='virtio'/>"),
        ]
      : []),
  ];
}

export function supplies({ rng, balloon }: Traits): Lines {
  return [
    ...(rng ? around("rng model='virtio'", "<backend model='random'>/dev/urandom</backend>") : []),
    ...(balloon === 'reporting'
      ? around("memballoon model='virtio' freePageReporting='on'", "<stats period='5'/>")
      : when(balloon === 'none', "<memballoon model='none'/>")),
  ];
}
