import { guestSystem } from '../../domain/guestSystem.ts';
import { phrase } from '../../l10n/say.ts';
import { missingDevice } from './missingDevice.ts';

export const rule = missingDevice({
  id: 'devices/serial-console-missing',
  lacks: (domain) =>
    guestSystem(domain) !== 'windows' &&
    ['serial', 'console', 'vsock'].every((name) => domain.devices(name).length === 0),
  message: phrase`The guest has no serial console: \`virsh console\` has nothing to open, and nobody sees what is said at boot when the network is down. One on a pty costs nothing.`,
  title: phrase`Add a console on a pty`,
  xml: "<console type='pty'/>",
});
