/** What the commands on a VM's life are called and say, as data. What they do is in virsh/src/lifecycle. */
import * as vscode from 'vscode';
import type { VerbName } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { Deed } from './confirmDeed.ts';
import type { DoneSentence } from './outcomes.ts';
import type { DomainsQuestion } from './pickDomains.ts';

export interface VerbWords {
  readonly verb: VerbName;
  readonly question: DomainsQuestion;
  /** `Starting`: what stands over the progress. */
  readonly progress: string;
  readonly done: DoneSentence;
  /** Asked before; `several`: only where it hits more than one VM. */
  readonly deed?: Deed & { readonly when: 'always' | 'several' };
}

const { t } = vscode.l10n;
const noneRuns = (host: string): string => t('{0} has no VM that runs.', host);
const none = (host: string): string => t('{0} has no VMs.', host);

export const forceOffWords: VerbWords = {
  verb: 'forceOff',
  question: { title: t('Force a VM off'), accept: isActive, nothing: noneRuns },
  progress: t('Forcing off'),
  done: (name, host) => t('{0} on {1} is off.', name, host),
  deed: {
    verb: t('Force Off'),
    detail: t('This is pulling the plug: what the guest has not written to its disks is lost.'),
    when: 'always',
  },
};

/** By the command that VS Code knows. */
export const lifecycleCommands: Readonly<Record<string, VerbWords>> = {
  'libvirt.startDomain': {
    verb: 'start',
    question: {
      title: t('Start a VM'),
      accept: (state) => !isActive(state),
      nothing: (host) => t('{0} has no VM that is off.', host),
    },
    progress: t('Starting'),
    done: (name, host) => t('{0} on {1} is running.', name, host),
  },
  'libvirt.suspendDomain': {
    verb: 'suspend',
    question: {
      title: t('Pause a VM'),
      accept: (state) => isActive(state) && state !== 'paused',
      nothing: noneRuns,
    },
    progress: t('Pausing'),
    done: (name, host) => t('{0} on {1} is paused.', name, host),
    deed: { verb: t('Pause'), detail: t('What runs in them stands still until they are resumed.'), when: 'several' },
  },
  'libvirt.resumeDomain': {
    verb: 'resume',
    question: {
      title: t('Resume a VM'),
      accept: (state) => state === 'paused',
      nothing: (host) => t('{0} has no VM that is paused.', host),
    },
    progress: t('Resuming'),
    done: (name, host) => t('{0} on {1} is running.', name, host),
  },
  'libvirt.rebootDomain': {
    verb: 'reboot',
    question: { title: t('Reboot a VM'), accept: isActive, nothing: noneRuns },
    progress: t('Rebooting'),
    done: (name, host) => t('{0} on {1} has been asked to reboot.', name, host),
    deed: { verb: t('Reboot'), detail: t('They are asked to start anew.'), when: 'several' },
  },
  'libvirt.managedSaveDomain': {
    verb: 'managedSave',
    question: { title: t('Save a VM and switch it off'), accept: isActive, nothing: noneRuns },
    progress: t('Saving the memory of'),
    done: (name, host) => t('{0} on {1} is saved; its next start goes on from here.', name, host),
    deed: { verb: t('Save and Switch Off'), detail: t('They go on from here at their next start.'), when: 'several' },
  },
  'libvirt.resetDomain': {
    verb: 'reset',
    question: { title: t('Reset a VM'), accept: isActive, nothing: noneRuns },
    progress: t('Resetting'),
    done: (name, host) => t('{0} on {1} has been reset.', name, host),
    deed: {
      verb: t('Reset'),
      detail: t('This is pressing the reset button: what the guest has not written to its disks is lost.'),
      when: 'always',
    },
  },
  'libvirt.forceOffDomain': forceOffWords,
  'libvirt.enableAutostart': {
    verb: 'autostartOn',
    question: { title: t('Start a VM with its host'), nothing: none },
    progress: t('Setting autostart of'),
    done: (name, host) => t('{0} starts when {1} does.', name, host),
  },
  'libvirt.disableAutostart': {
    verb: 'autostartOff',
    question: { title: t('No longer start a VM with its host'), nothing: none },
    progress: t('Setting autostart of'),
    done: (name, host) => t('{0} no longer starts when {1} does.', name, host),
  },
};
