/** Commands that plug a device in, unplug it or change it. The device is XML, and goes as a document. */
import { changeCommand, option, type VirshCommand } from '../command.ts';

/** Where a change is made: in the guest that runs, in the definition that its next start uses, or in both or neither. */
export type DeviceScope = 'live' | 'config' | 'both';

export type DeviceAction = 'attach' | 'detach' | 'update';

const flags: Readonly<Record<DeviceScope, readonly string[]>> = {
  live: ['--live'],
  config: ['--config'],
  both: ['--live', '--config'],
};

/** A success of `detach` in a running guest says only that the guest was asked: it may not let the device go. */
export function changeDevice(
  action: DeviceAction,
  domain: string,
  xml: string,
  scope: DeviceScope,
): VirshCommand<void> {
  return {
    ...changeCommand([`${action}-device`, option('domain', domain), ...flags[scope]]),
    document: { option: '--file', text: xml },
    runsToItsEnd: true,
  };
}
