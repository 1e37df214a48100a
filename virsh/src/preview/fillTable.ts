/**
 * What libvirt writes into a definition that does not say it. Found by defining some 400 domains on libvirt 9.0 and reading them back
 * (test/libvirt/preview.test.ts does it again), and in the documentation of the domain format.
 */
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

/** `true`: whatever the value. A list: these values. A function: asks the element that is there, and its parent in the text that lacks it. */
export type Fill = true | readonly string[] | ((element: XmlElement, lacking: XmlElement) => boolean);

/** By path of the attribute. */
export const attributeFills: Readonly<Record<string, Fill>> = {
  'domain@id': true,
  'domain/vcpu@placement': ['static'],
  'domain/os/type@arch': true,
  'domain/numatune/memory@placement': ['auto'],
  'domain/os/type@machine': true,
  'domain/cpu@mode': ['custom'],
  'domain/cpu@match': ['exact'],
  'domain/cpu@check': true,
  'domain/cpu@migratable': ['on'],
  'domain/cpu/model@fallback': ['allow', 'forbid'],
  'domain/cpu/topology@dies': ['1'],
  'domain/cpu/topology@clusters': ['1'],
  'domain/cpu/numa/cell@id': true,
  'domain/cpu/numa/cell@unit': true,
  'domain/features/hyperv@mode': ['custom'],
  'domain/numatune/memory@mode': ['strict'],
  'domain/devices/controller@index': true,
  'domain/devices/controller/target@chassis': true,
  'domain/devices/controller/target@port': true,
  'domain/features/pmu@state': ['on'],
  'domain/devices/controller@model': ['piix3-uhci', 'qemu-xhci', 'lsilogic', 'pci-root', 'pcie-root', 'auto'],
  'domain/devices/disk@device': ['disk'],
  'domain/devices/disk@type': ['file'],
  'domain/devices/disk/driver@name': ['qemu'],
  'domain/devices/disk/driver@type': ['raw'],
  'domain/devices/disk/target@bus': true,
  'domain/devices/disk/source/encryption@engine': ['qemu'],
  'domain/devices/disk/encryption@engine': ['qemu'],
  'domain/devices/disk/source/host@port': (host) =>
    usualPorts[attributeValue(host.parent ?? undefined, 'protocol') ?? ''] === attributeValue(host, 'port'),
  'domain/devices/filesystem@accessmode': ['passthrough'],
  'domain/devices/filesystem@type': ['mount'],
  'domain/devices/graphics@autoport': ['yes'],
  'domain/devices/graphics@port': ['-1'],
  'domain/devices/graphics@tlsPort': ['-1'],
  'domain/devices/graphics@websocket': ['-1'],
  'domain/devices/hostdev@managed': ['no'],
  'domain/devices/hostdev@display': ['off'],
  'domain/devices/video/model@primary': ['yes'],
  'domain/devices/video/model@heads': ['1'],
  'domain/devices/video/model@ram': ['65536'],
  'domain/devices/video/model@vram': ['16384', '65536', '9216'],
  'domain/devices/video/model@vgamem': ['16384'],
  'domain/devices/serial@type': ['pty'],
  'domain/devices/serial/target@type': true,
  'domain/devices/serial/target@port': true,
  'domain/devices/console/target@type': ['serial', 'sclp', 'lxc', 'xen', 'uml', 'openvz'],
  'domain/devices/console/target@port': true,
  'domain/devices/parallel/target@port': true,
  'domain/devices/panic@model': true,
};

/** By path of the element. */
export const elementFills: Readonly<Record<string, Fill>> = {
  'domain/uuid': true,
  // Only an empty one.
  'domain/genid': (_, lacking) => lacking.name === 'genid',
  'domain/vcpu': ['1'],
  'domain/numatune': (_, domain) => attributeValue(child(domain, 'vcpu'), 'placement') === 'auto',
  'domain/currentMemory': (currentMemory) => isWholeMemory(currentMemory),
  'domain/iothreads': (_, domain) => child(domain, 'iothreadids') !== undefined,
  'domain/iothreadids': (_, domain) => child(domain, 'iothreads') !== undefined,
  'domain/iothreadids/iothread': (thread) => thread.attributes.every(({ name }) => name === 'id'),
  'domain/on_poweroff': ['destroy'],
  'domain/on_reboot': ['restart'],
  'domain/on_crash': ['destroy'],
  'domain/clock': (clock) => attributeValue(clock, 'offset') === 'utc' && childElements(clock).length === 0,
  'domain/cpu': (cpu) => isUsualCpu(cpu),
  'domain/cpu/model': (model) => usualModels.includes(textOf(model)),
  // What one cell says of its distance to another holds the other way round as well.
  'domain/cpu/numa/cell/distances': true,
  'domain/cpu/numa/cell/distances/sibling': true,
  'domain/os/boot': (boot, os) => attributeValue(boot, 'dev') === 'hd' && !child(os, 'boot'),
  'domain/os/nvram': (nvram, os) => isUsualNvram(nvram) && isUefi(os.name === 'nvram' && os.parent ? os.parent : os),
  'domain/os/loader': (_, os) => attributeValue(os, 'firmware') !== undefined,
  'domain/os/firmware': (_, os) => attributeValue(os, 'firmware') !== undefined,
  'domain/os/firmware/feature': true,
  'domain/features/smm': (_, features) => features.parent !== null && isUefi(child(features.parent, 'os')),
  'domain/resource': true,
  'domain/seclabel': (label) => attributeValue(label, 'type') === 'dynamic',
  'domain/devices/emulator': true,
  'domain/devices/audio': (audio) => audio.attributes.every(({ name }) => name === 'id' || name === 'type'),
  'domain/devices/input': (input) => attributeValue(input, 'bus') === 'ps2',
  'domain/devices/memballoon': (balloon, devices) =>
    attributeValue(balloon, 'model') === 'virtio' && !child(devices, 'memballoon') && isBare(balloon),
  'domain/devices/video': (_, devices) => child(devices, 'graphics') !== undefined && !child(devices, 'video'),
  'domain/devices/video/model': true,
  'domain/devices/watchdog': (watchdog) => attributeValue(watchdog, 'model') === 'itco',
  'domain/devices/controller': (controller, devices) => isUsualController(controller, devices),
  'domain/devices/controller/master': true,
  'domain/devices/hub': (hub) => attributeValue(hub, 'type') === 'usb',
  'domain/devices/rng/backend': ['/dev/random'],
  'domain/devices/controller/model': true,
  'domain/devices/controller/target': true,
  'domain/devices/disk/driver': (driver) =>
    driver.attributes.every(
      ({ name, value }) => `${name}=${value}` === 'name=qemu' || `${name}=${value}` === 'type=raw',
    ),
  'domain/devices/disk/readonly': (_, disk) => attributeValue(disk, 'device') === 'cdrom',
  'domain/devices/interface/model': (model) => attributeValue(model, 'type') === 'rtl8139',
  'domain/devices/interface/virtualport/parameters': true,
  'domain/devices/graphics/listen': (listen, graphics) =>
    [undefined, '127.0.0.1', attributeValue(graphics, 'listen')].includes(attributeValue(listen, 'address')),
  'domain/devices/serial': (_, devices) => child(devices, 'console') !== undefined && !child(devices, 'serial'),
  'domain/devices/console': (console, devices) =>
    isSerialConsole(console) && (child(devices, 'serial') !== undefined || !child(devices, 'console')),
  'domain/devices/serial/target': true,
  'domain/devices/serial/target/model': true,
  'domain/devices/console/target': (target) => attributeValue(target, 'type') !== 'virtio',
  'domain/devices/parallel/target': true,
  'domain/devices/redirdev/source': true,
  'domain/devices/shmem/size': true,
};

/** Elements that libvirt writes into any device. */
export const fillsOfAnyDevice: ReadonlySet<string> = new Set(['address', 'alias']);

/** What libvirt connects to where a network disk names no port. */
const usualPorts: Readonly<Record<string, string>> = {
  ...{ http: '80', https: '443', ftp: '21', ftps: '990', tftp: '69', ssh: '22' },
  ...{ nbd: '10809', iscsi: '3260', gluster: '24007', sheepdog: '7000' },
};

const usualModels = ['qemu64', 'qemu32', '486', ''];
/** Controllers that libvirt adds where a device needs one. */
const usualControllers = new Set([
  ...['pci-root', 'pcie-root', 'pcie-root-port', 'pcie-to-pci-bridge', 'dmi-to-pci-bridge', 'pci-bridge'],
  ...['piix3-uhci', 'qemu-xhci', 'lsilogic'],
]);

function isUsualController(controller: XmlElement, devices: XmlElement): boolean {
  const model = attributeValue(controller, 'model');
  const isForHostDevice = model === 'virtio-scsi' && child(devices, 'hostdev') !== undefined;
  return (
    (model === undefined || usualControllers.has(model) || isForHostDevice) &&
    childElements(controller).every(({ name }) => ['address', 'alias', 'model', 'target', 'master'].includes(name))
  );
}

function isUsualCpu(cpu: XmlElement): boolean {
  const isPlain = childElements(cpu).every(({ name }) => name === 'model');
  return (
    isPlain &&
    (attributeValue(cpu, 'mode') ?? 'custom') === 'custom' &&
    usualModels.includes(textOf(child(cpu, 'model')))
  );
}

function isWholeMemory(currentMemory: XmlElement): boolean {
  const memory = currentMemory.parent && child(currentMemory.parent, 'memory');
  return memory !== null && textOf(memory) === textOf(currentMemory);
}

function isUefi(os: XmlElement | undefined): boolean {
  return os !== undefined && (attributeValue(os, 'firmware') === 'efi' || child(os, 'loader') !== undefined);
}

/** The variables where libvirt puts those of a guest that does not say where: `…/nvram/NAME_VARS.fd`. */
function isUsualNvram(nvram: XmlElement): boolean {
  const domain = nvram.parent?.parent;
  const usual = `/nvram/${textOf(domain ? child(domain, 'name') : undefined)}_VARS`;
  return ['', '.fd', '.raw', '.qcow2'].some((ending) => textOf(nvram).endsWith(usual + ending));
}

/** The one that shows the first serial port once more. */
function isSerialConsole(console: XmlElement): boolean {
  return [undefined, 'serial'].includes(attributeValue(child(console, 'target'), 'type'));
}

function isBare(element: XmlElement): boolean {
  return childElements(element).every(({ name }) => fillsOfAnyDevice.has(name));
}
