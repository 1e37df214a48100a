import { type Controller, controllersOf, isOfIch9 } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { systemIdentifier, windowsRelease } from '../../domain/guestSystem.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, child } from '../../xml/query.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

const LEGACY: ReadonlySet<string> = new Set([
  'piix3-uhci',
  'piix4-uhci',
  'vt82c686b-uhci',
  'ehci',
  'ich9-ehci1',
  'pci-ohci',
]);

/** Systems without a driver for xHCI. */
function isOld(domain: Domain): boolean {
  const windows = windowsRelease(domain)?.name ?? '';
  return (
    /^(2k|2k3|2k8|xp|vista|7|2k8r2|9\w|me|nt.*)$/.test(windows) ||
    /\/(centos|rhel)\/[1-5]\b/.test(systemIdentifier(domain))
  );
}

/** The controller, and the companions that share its index. */
function withCompanions(controller: Controller, domain: Domain): TextEdit[] {
  const { element, index } = controller;
  const { document } = domain;
  const companions = controllersOf(domain, 'usb').filter(
    (other) => other.element !== element && other.index === index && isOfIch9(other),
  );
  const address = child(element, 'address');
  return [
    ...setAttribute(element, 'model', 'qemu-xhci', document),
    ...(attribute(element, 'ports') ? [] : setAttribute(element, 'ports', '15', document)),
    ...(address ? removeElement(address, document) : []),
    ...companions.flatMap((other) => removeElement(other.element, document)),
  ];
}

/** Controllers that poll, in guests that could have one that does not. */
export const rule = defineRule<Controller>({
  id: 'devices/usb-legacy-controller',
  severity: 'hint',
  since: '3.1.0',
  needs: ['controller', '@model'],
  find: (domain) =>
    domain.isQemu && domain.isX86 && !isOld(domain)
      ? controllersOf(domain, 'usb').filter(({ model }) => LEGACY.has(model ?? ''))
      : [],
  say: ({ element, model }) => ({
    at: placeOf(element, 'model'),
    message: say`\`${model}\` is emulated with timers that run though nothing is plugged in, and takes slow devices only; \`qemu-xhci\` waits for events and serves all speeds. Every system since Windows 8 and Linux 2.6.31 has its driver.`,
  }),
  fix: (controller, domain) => [
    { title: say`Change to qemu-xhci with 15 ports`, edits: withCompanions(controller, domain) },
  ],
});
