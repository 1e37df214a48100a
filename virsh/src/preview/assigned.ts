/** Which differences of two texts are libvirt's doing, and not anybody's wish. */
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type AttributeDivergence, type Divergence, isEmpty, sizeOf } from './divergences.ts';
import { isMachineAlias, numbersOf, sizeInBytes } from './equivalence.ts';
import { attributeFills, elementFills, type Fill, fillsOfAnyDevice } from './fillTable.ts';
import { isUnstored } from './unstored.ts';

/**
 * Whether libvirt, given the right text, would write down what stands in the left one, or the same in other words. Left is a definition as
 * libvirt keeps it; right is what somebody has written.
 */
export function isAssigned(divergence: Divergence): boolean {
  const { path, left, right } = divergence;
  switch (divergence.kind) {
    case 'attribute':
      return isAttributeAssigned(divergence);
    case 'text':
      return (
        isCalculated(path, left, right) || (textOf(right) === '' && fits(elementFills[path], left, right, textOf(left)))
      );
    case 'order':
      return false;
    case 'only-left': {
      const { element } = divergence;
      if (isEmpty(element) && emptyContainers.has(element.name)) return true;
      if (path === 'domain/devices') return areAssigned(element, right);
      if (path.startsWith('domain/devices/') && fillsOfAnyDevice.has(element.name)) return true;
      return fits(elementFills[path], element, right, textOf(element));
    }
    case 'only-right': {
      const { element } = divergence;
      if (isEmpty(element) && emptyContainers.has(element.name)) return true;
      return isUnstored(path, element) || isDefault(elementFills[path], textOf(element));
    }
  }
}

/** A guest without a word about devices gets some. */
function areAssigned(devices: XmlElement, domain: XmlElement): boolean {
  return childElements(devices).every((element) =>
    isAssigned({ kind: 'only-left', path: `domain/devices/${element.name}`, left: devices, right: domain, element }),
  );
}

function isAttributeAssigned({ path, left, right, inLeft, inRight }: AttributeDivergence): boolean {
  if (!inRight) {
    if (left.name === 'address' && path.startsWith('domain/devices/')) return true;
    return inLeft !== undefined && fits(attributeFills[path], left, right, inLeft.value);
  }
  const wished = inRight.value;
  if (!inLeft) return wished === 'default' || isUnstored(path, wished) || isDefault(attributeFills[path], wished);
  // An empty drive has a source of no kind.
  if (path === 'domain/devices/disk@type' && !child(right, 'source')) return sourceKinds.has(wished);
  if (wished === 'auto' && path === 'domain/devices/controller@model') return true;
  if (path === 'domain/cpu/numa/cell@cpus') return isSubset(wished, inLeft.value);
  return isMachineAlias(inRight.name, wished, inLeft.value) || isAutomaticPort(path, left, right);
}

function fits(fill: Fill | undefined, element: XmlElement, lacking: XmlElement, value: string): boolean {
  if (typeof fill === 'function') return fill(element, lacking);
  return fill === true || isDefault(fill, value);
}

/** A value that says what saying nothing says as well. */
function isDefault(fill: Fill | undefined, value: string): boolean {
  return typeof fill === 'object' && fill.includes(value);
}

/** libvirt gives the vCPUs that no cell has to the first one. */
function isSubset(part: string, whole: string): boolean {
  const [some, all] = [numbersOf(part), numbersOf(whole)];
  return some !== undefined && all !== undefined && some[0] === 0 && some.every((number) => all.includes(number));
}

/** A port that libvirt chooses at the start, whatever the text says. */
function isAutomaticPort(path: string, left: XmlElement, right: XmlElement): boolean {
  if (!/^domain\/devices\/graphics@(port|tlsPort|websocket)$/.test(path)) return false;
  const [was, becomes] = [left, right].map((graphics) => attributeValue(graphics, 'autoport'));
  return becomes === 'yes' || (becomes === undefined && was === 'yes' && attributeValue(right, 'port') === '-1');
}

const mebibyte = 1024 * 1024;

/** libvirt rounds memory to what QEMU can give, adds cells and modules up itself, and starts no guest with more than it has. */
function isCalculated(path: string, left: XmlElement, right: XmlElement): boolean {
  const [stored, wished] = [sizeOf(left), sizeOf(right)];
  const domain = right.parent;
  if (stored === undefined || wished === undefined || !domain) return false;
  const sum = sumOfMemory(domain);
  if (path === 'domain/memory') return sum !== undefined || Math.abs(stored - wished) < mebibyte;
  if (path !== 'domain/currentMemory') return false;
  const memory = child(domain, 'memory');
  const most = sum ?? (memory && sizeOf(memory)) ?? Number.POSITIVE_INFINITY;
  return Math.abs(stored - Math.min(wished, most)) < mebibyte;
}

/** The bytes of a guest's cells and modules: with cells, `<memory>` says nothing of its own. */
function sumOfMemory(domain: XmlElement): number | undefined {
  const numa = child(domain, 'cpu', 'numa');
  const cells = numa ? childElements(numa, 'cell') : [];
  if (cells.length === 0) return undefined;
  const devices = child(domain, 'devices');
  const modules = devices ? childElements(devices, 'memory').map((module) => child(module, 'target', 'size')) : [];
  const sizes = [
    ...cells.map((cell) => sizeInBytes(attributeValue(cell, 'memory') ?? '', attributeValue(cell, 'unit'))),
    ...modules.map((size) => sizeInBytes(textOf(size), attributeValue(size, 'unit'))),
  ];
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

const sourceKinds = new Set(['file', 'block', 'dir', 'network', 'volume', 'nvme', 'vhostuser', 'vhostvdpa']);

/** Elements that mean nothing while nothing is in them. Others, such as `<acpi/>`, speak by being there. */
const emptyContainers = new Set([
  ...[
    'features',
    'metadata',
    'os',
    'cputune',
    'numatune',
    'memtune',
    'blkiotune',
    'memoryBacking',
    'sysinfo',
    'pm',
    'clock',
    'cpu',
  ],
  ...[
    'devices',
    'source',
    'driver',
    'model',
    'target',
    'tune',
    'bandwidth',
    'guest',
    'iothreadids',
    'iotune',
    'rom',
    'backend',
  ],
]);
