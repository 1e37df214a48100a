/** Rules of buses, controllers and addresses. */
import type { Rule } from '../rule.ts';
import { refusals as addressTypes } from './address-types.ts';
import { refusals as controllers } from './controllers.ts';
import { refusals as isapc } from './isapc.ts';
import { refusals as machineAddresses } from './machine-addresses.ts';
import { refusals as pciAddresses } from './pci-addresses.ts';
import { refusals as pciControllers } from './pci-controllers.ts';
import { rules as pciFunctions } from './pci-functions.ts';
import { refusals as pciRoot } from './pci-root.ts';
import { refusals as pciTargets } from './pci-targets.ts';
import { rule as q35HotplugPorts } from './q35-hotplug-ports.ts';
import { refusals as usbAddresses } from './usb-addresses.ts';
import { refusals as usbCompanions } from './usb-companions.ts';
import { refusals as usbControllers } from './usb-controllers.ts';
import { rule as usbLegacyController } from './usb-legacy-controller.ts';

export const addressRules: readonly Rule[] = [
  ...pciAddresses,
  ...pciFunctions,
  ...pciRoot,
  ...pciControllers,
  ...pciTargets,
  ...usbControllers,
  ...usbCompanions,
  ...usbAddresses,
  ...addressTypes,
  ...machineAddresses,
  ...controllers,
  ...isapc,
  q35HotplugPorts,
  usbLegacyController,
];
