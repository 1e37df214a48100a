/** The questions of "New VM…", in their order: purpose, name, memory, vCPUs, disk, its size, an image to install from, network, machine. */
import * as vscode from 'vscode';
import {
  type Answers,
  LEAST_MEBIBYTES,
  MOST_VCPUS,
  type Network,
  PURPOSES,
  type Purpose,
} from '../../../server/src/newDomain/answers.ts';
import { withoutIcons } from '../notify.ts';
import { diskPlace, diskSize } from './diskQuestions.ts';
import { draftFor, IMAGES, readMebibytes, sizeText } from './draft.ts';
import type { Offer } from './hostOffer.ts';
import { image } from './imageQuestion.ts';
import { type Choice, choose, type Step, then, type } from './steps.ts';

/** The questions for a host, or for none. */
export function questions(offer: Offer): readonly Step<Answers>[] {
  const all: readonly Step<Answers>[] = [
    purpose(offer),
    name(offer),
    memory,
    vcpus,
    diskPlace(offer),
    diskSize(offer),
    image(offer),
    network(offer),
  ];
  return offer.machines.length > 0 ? [...all, machine(offer)] : all;
}

function purposeWords(purpose: Purpose): { readonly label: string; readonly detail: string } {
  switch (purpose) {
    case 'linux-server':
      return {
        label: vscode.l10n.t('Linux server'),
        detail: vscode.l10n.t('UEFI, virtio, a serial console and the guest agent; no screen.'),
      };
    case 'desktop':
      return { label: vscode.l10n.t('Desktop'), detail: vscode.l10n.t('UEFI, virtio, a screen, sound and a pointer.') };
    case 'windows':
      return {
        label: vscode.l10n.t('Windows'),
        detail: vscode.l10n.t(
          'Secure Boot, TPM 2.0, Hyper-V enlightenments, virtio with its drivers on a second disc.',
        ),
      };
    case 'database':
      return {
        label: vscode.l10n.t('Tuned database'),
        detail: vscode.l10n.t('Huge pages, an IOThread, a queue for each vCPU, no memory balloon.'),
      };
    case 'minimal':
      return { label: vscode.l10n.t('Minimal'), detail: vscode.l10n.t('The least that runs: for tests.') };
  }
}

function purpose(offer: Offer): Step<Answers> {
  return {
    ask: (_draft, where) =>
      choose(
        where,
        vscode.l10n.t('What is the VM for?'),
        PURPOSES.map((one) => ({ ...purposeWords(one), value: draftFor(one, offer) })),
      ),
  };
}

function name({ takenNames, model }: Offer): Step<Answers> {
  const problem = (typed: string): string | undefined => {
    if (typed === '') return vscode.l10n.t('A VM needs a name.');
    if (/[/\n]/.test(typed)) return vscode.l10n.t('libvirt takes no "/" in the name of a VM.');
    if (takenNames.has(typed)) return vscode.l10n.t('{0} has a VM called {1}.', model?.name ?? '', typed);
    return undefined;
  };
  return {
    ask: async (draft, where) =>
      then(await type(where, { prompt: vscode.l10n.t('Name of the VM'), value: draft.name, problem }), (typed) => {
        const { disk } = draft;
        // The image is called like the VM until somebody says otherwise.
        const isProposed = disk.kind === 'file' && disk.path === `${IMAGES}/${draft.name}.qcow2`;
        return { ...draft, name: typed, disk: isProposed ? { ...disk, path: `${IMAGES}/${typed}.qcow2` } : disk };
      }),
  };
}

const memory: Step<Answers> = {
  ask: async (draft, where) => {
    const problem = (typed: string): string | undefined =>
      (readMebibytes(typed) ?? 0) >= LEAST_MEBIBYTES
        ? undefined
        : vscode.l10n.t('A size such as 4 GiB or 512 MiB, {0} MiB at least.', LEAST_MEBIBYTES);
    const prompt = vscode.l10n.t('Memory');
    const reply = await type(where, { prompt, value: sizeText(draft.mebibytes), problem });
    return then(reply, (typed) => ({ ...draft, mebibytes: readMebibytes(typed) ?? draft.mebibytes }));
  },
};

const vcpus: Step<Answers> = {
  ask: async (draft, where) => {
    const isCount = (typed: string): boolean =>
      /^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_VCPUS;
    const problem = (typed: string): string | undefined =>
      isCount(typed) ? undefined : vscode.l10n.t('A whole number from 1 to {0}.', MOST_VCPUS);
    const reply = await type(where, { prompt: vscode.l10n.t('Number of vCPUs'), value: String(draft.vcpus), problem });
    return then(reply, (typed) => ({ ...draft, vcpus: Number(typed) }));
  },
};

function network({ networks }: Offer): Step<Answers> {
  const known = networks.length > 0 ? networks : [{ name: 'default', isActive: true }];
  const items: readonly Choice<Network | 'bridge'>[] = [
    ...known.map(({ name, isActive }) => ({
      label: withoutIcons(name),
      description: isActive ? vscode.l10n.t('network of libvirt') : vscode.l10n.t('network of libvirt, off'),
      value: { kind: 'network', name } as const,
    })),
    { label: vscode.l10n.t('A bridge of the host…'), value: 'bridge' },
    {
      label: vscode.l10n.t('User-mode networking'),
      description: vscode.l10n.t('needs no rights; nobody reaches the guest'),
      value: { kind: 'user' },
    },
    { label: vscode.l10n.t('No network'), value: { kind: 'none' } },
  ];
  return {
    ask: async (draft, where) => {
      const reply = await choose(where, vscode.l10n.t('Which network?'), items);
      if (reply === undefined || reply === 'back') return reply;
      if (reply.value !== 'bridge') return { value: { ...draft, network: reply.value } };
      const problem = (typed: string): string | undefined =>
        /^[^\s/]{1,15}$/.test(typed)
          ? undefined
          : vscode.l10n.t('The name of a network device: 15 characters at most.');
      const named = await type(where, { prompt: vscode.l10n.t('Name of the bridge'), value: 'br0', problem });
      return then(named, (typed) => ({ ...draft, network: { kind: 'bridge', name: typed } }));
    },
  };
}

function machine({ machines }: Offer): Step<Answers> {
  const fitting = machines.filter(({ name }) => /^(pc-)?q35/.test(name));
  return {
    isAsked: () => fitting.length > 1,
    ask: async (draft, where) => {
      const items = fitting.map(({ name, canonical }) => ({
        label: name,
        description:
          canonical === undefined ? '' : vscode.l10n.t('the newest: becomes {0} when it is defined', canonical),
        value: name,
      }));
      // The alias first: whoever does not care presses Enter.
      const [aliases, releases] = [
        items.filter(({ description }) => description),
        items.filter(({ description }) => !description),
      ];
      const reply = await choose(where, vscode.l10n.t('Which machine type?'), [...aliases, ...releases]);
      return then(reply, (chosen) => ({ ...draft, machine: chosen }));
    },
  };
}
