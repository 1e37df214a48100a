import { guestSystem } from '../../domain/guestSystem.ts';
import { phrase } from '../../l10n/say.ts';
import { missingDevice } from './missingDevice.ts';

export const rule = missingDevice({
  id: 'devices/rng-missing',
  since: '1.3.4',
  // Windows gathers its own, and takes no harm at its first boot.
  lacks: (domain) => domain.devices('rng').length === 0 && guestSystem(domain) !== 'windows',
  message: phrase`The guest has no source of random numbers but what it gathers itself: with kernels before 5.6 a first boot may wait for it, or make weak keys. A virtio RNG feeds it from the host.`,
  title: phrase`Add a virtio RNG on /dev/urandom`,
  xml: "<rng model='virtio'>\n  <backend model='random'>/dev/urandom</backend>\n</rng>",
});
