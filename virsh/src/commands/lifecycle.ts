/** Commands that change what a domain is doing. `domain` is a UUID. */
import { changeCommand, option, type VirshCommand } from '../command.ts';

/** How a guest is asked: its agent, or its power button. */
export type PowerMode = 'agent' | 'acpi';

/** Asks the guest to shut down, and does not wait for it. Without a mode the hypervisor chooses how. */
export function shutdownBy(domain: string, mode?: PowerMode): VirshCommand<void> {
  return changeCommand(['shutdown', option('domain', domain), ...(mode ? [option('mode', mode)] : [])]);
}

/** Asks the guest to start anew, and does not wait for it. */
export function reboot(domain: string): VirshCommand<void> {
  return changeCommand(['reboot', option('domain', domain)]);
}

/** Presses the reset button: the guest starts anew at once, without having written what it still had in memory. */
export function reset(domain: string): VirshCommand<void> {
  return changeCommand(['reset', option('domain', domain)]);
}

export function suspend(domain: string): VirshCommand<void> {
  return changeCommand(['suspend', option('domain', domain)]);
}

export function resume(domain: string): VirshCommand<void> {
  return changeCommand(['resume', option('domain', domain)]);
}

const hour = 3600 * 1000;

/** Writes the guest's memory to the host's disk and switches it off; its next start goes on from there. Takes as long as the memory is large. */
export function managedSave(domain: string): VirshCommand<void> {
  return { ...changeCommand(['managedsave', option('domain', domain)]), timeoutMilliseconds: hour, runsToItsEnd: true };
}

export function setAutostart(domain: string, isOn: boolean): VirshCommand<void> {
  return changeCommand(['autostart', option('domain', domain), ...(isOn ? [] : ['--disable'])]);
}

/** Another name for a domain that is off. */
export function rename(domain: string, newName: string): VirshCommand<void> {
  return changeCommand(['domrename', option('domain', domain), option('new-name', newName)]);
}
