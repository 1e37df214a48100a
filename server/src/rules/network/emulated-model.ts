import type { Domain } from '../../domain/domain.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { droppedOptions } from './driver-needs-virtio.ts';
import { isModelUnclear, modelAttribute, qemuInterfaces, TAP_TYPES } from './interfaces.ts';
import { useVirtio } from './repairs.ts';

/** Cards that QEMU emulates register by register. */
const EMULATED = new Set(['rtl8139', 'e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'vmxnet3']);

/** Where no model is written, libvirt takes rtl8139 on these; Arm's virt, RISC-V, LoongArch and s390x get virtio. */
function defaultsToEmulated(domain: Domain): boolean {
  return domain.isX86 || /^ppc64/.test(domain.architecture ?? '');
}

function isEmulated(face: NetworkInterface, domain: Domain): boolean {
  if (face.type !== 'user' && !TAP_TYPES.has(face.type)) return false;
  return face.model === undefined
    ? defaultsToEmulated(domain) && !isModelUnclear(face)
    : EMULATED.has(face.model.toLowerCase());
}

export const rule = defineRule<NetworkInterface>({
  id: 'network/emulated-model',
  severity: 'warning',
  needs: ['interface'],
  find(domain) {
    // macOS and ESXi have no virtio-net driver; dropped driver options are told of by driver-needs-virtio, with the same fix.
    const system = guestSystem(domain);
    if (system === 'macos' || system === 'esxi') return [];
    return qemuInterfaces(domain).filter((face) => isEmulated(face, domain) && droppedOptions(face).length === 0);
  },
  say(face, domain) {
    const model = modelAttribute(face);
    const windows =
      guestSystem(domain) === 'windows'
        ? say` Install the virtio-win driver (NetKVM) in the guest before the change.`
        : '';
    return model
      ? {
          at: valueSpan(model),
          message: say`\`${model.value}\` is emulated register by register: every access leaves the guest, and neither vhost nor several queues are possible. \`virtio\` carries several times the traffic.${windows}`,
        }
      : {
          at: nameSpan(face.element),
          message: say`Without a \`<model>\` this interface becomes an emulated \`rtl8139\`, a 100 Mbit/s card of the 1990s. Add \`<model type='virtio'/>\`: several times the traffic, vhost and several queues.${windows}`,
        };
  },
  fix: (face, { document }) => useVirtio(face, document),
});
