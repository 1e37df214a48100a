/** What `nodedev-dumpxml` tells of the host's devices, as facts. */
import type { HostFacts, HostPciDevice, HostUsbDevice } from '../../../server/src/host/facts.ts';
import { readXml, type XmlNode } from '../output/xml.ts';

type DeviceFacts = Required<Pick<HostFacts, 'interfaces' | 'pciDevices' | 'usbDevices' | 'mediatedDevices'>>;

/** @param dumps of devices of the capabilities net, pci, usb_device and mdev */
export function readDevices(dumps: readonly string[]): DeviceFacts {
  const devices = dumps.map((dump) => readXml(dump, 'device'));
  const having = <Fact>(type: string, read: (capability: XmlNode, device: XmlNode) => Fact | undefined): Fact[] =>
    devices.flatMap((device) => {
      const capability = device.all('capability').find((one) => one.attribute('type') === type);
      const fact = capability && read(capability, device);
      return fact === undefined ? [] : [fact];
    });
  return {
    interfaces: having('net', (net) => net.at('interface').text).sort(),
    pciDevices: having('pci', readPci),
    usbDevices: having('usb_device', readUsb),
    mediatedDevices: having('mdev', (mdev, device) => mdev.at('uuid').text ?? uuidIn(device.at('name').text)),
  };
}

/** libvirt before 7.3 tells the UUID in the device's name only: `mdev_4b20d080_1b54_4048_85b3_a6a62d165c01`. */
function uuidIn(name = ''): string | undefined {
  return /^mdev_([\da-f]{8}(?:_[\da-f]{4}){3}_[\da-f]{12})/.exec(name)?.[1]?.replaceAll('_', '-');
}

/** The capability and `<address>` have the parts of an address in decimal or as `0x…`. */
function addressOf(part: (name: string) => string | undefined): string {
  const hex = (name: string, digits: number): string =>
    Number(part(name) ?? 0)
      .toString(16)
      .padStart(digits, '0');
  return `${hex('domain', 4)}:${hex('bus', 2)}:${hex('slot', 2)}.${hex('function', 1)}`;
}

function readPci(pci: XmlNode, device: XmlNode): HostPciDevice {
  const [product, vendor, deviceClass] = ['product', 'vendor', 'class'].map((name) => pci.at(name).text);
  const driver = device.at('driver', 'name').text;
  const group = pci.at('iommuGroup').attribute('number');
  const node = pci.at('numa').attribute('node');
  const functions = (type: string) => pci.all('capability').find((one) => one.attribute('type') === type);
  const owner = functions('phys_function')?.at('address');
  const virtual = functions('virt_functions');
  return {
    address: addressOf((name) => pci.at(name).text),
    ...(product !== undefined && { product }),
    ...(vendor !== undefined && { vendor }),
    ...(deviceClass !== undefined && { class: deviceClass }),
    ...(driver !== undefined && { driver }),
    ...(group !== undefined && { iommuGroup: Number(group) }),
    ...(node !== undefined && { node: Number(node) }),
    ...(owner && { physicalFunction: addressOf((name) => owner.attribute(name)) }),
    ...(virtual && { hasVirtualFunctions: virtual.at('address').exists }),
  };
}

function readUsb(usb: XmlNode): HostUsbDevice | undefined {
  const [vendor, product] = [usb.at('vendor').attribute('id'), usb.at('product').attribute('id')];
  const [bus, device] = [usb.at('bus').text, usb.at('device').text];
  const name = usb.at('product').text;
  if (vendor === undefined || product === undefined) return undefined;
  return {
    vendor,
    product,
    ...(name !== undefined && { name }),
    ...(bus !== undefined && { bus: Number(bus) }),
    ...(device !== undefined && { device: Number(device) }),
  };
}
