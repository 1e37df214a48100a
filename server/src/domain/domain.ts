/**
 * A document read as a libvirt domain: the questions that rules and features ask of it.
 * Everything is read when first asked for and kept; the tree does not change under it.
 */
import { attributeValue, child, childElements, descendants, textOf } from '../xml/query.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';
import { type Disk, readDisk } from './disk.ts';
import type { Host } from './host.ts';
import { hostsOf } from './hosts.ts';
import { type MemoryBacking, type MemoryModule, readMemoryBacking, readMemoryModule } from './memory.ts';
import { type NetworkInterface, readInterface } from './networkInterface.ts';
import { wholeNumber } from './numbers.ts';
import type { OptionValues, RuleOption } from './options.ts';
import { attributeSize, elementSize, sumOf } from './sizes.ts';

/** Domain types that libvirt's QEMU driver runs. */
const QEMU_TYPES = new Set(['kvm', 'qemu', 'hvf']);
/** os/type/@arch names of the 32 and 64 bit PC. */
const X86 = new Set(['x86_64', 'i686']);

export class Domain {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  /** domain/@type: 'kvm', 'qemu', 'xen', 'lxc', …; '' where it is missing. */
  readonly type: string;
  /** os/type/@arch, or undefined where it is left to the host. */
  readonly architecture: string | undefined;
  /** os/type/@machine as written: 'q35', 'pc-q35-9.2', 'pc', 'virt-7.2', … */
  readonly machine: string | undefined;
  /** Where the VM shall run, as far as anybody has told. */
  readonly hosts: readonly Host[];
  private readonly options: OptionValues;
  /** There is an os/type: without one, which libvirt refuses, nothing is known of the machine that is meant. */
  readonly namesType: boolean;
  private readonly kept = new Map<string, unknown>();
  private devicesByName: ReadonlyMap<string, readonly XmlElement[]> | undefined;
  private knownNames: ReadonlySet<string> | undefined;

  constructor(
    document: XmlDocument,
    root: XmlElement,
    options: OptionValues = new Map(),
    hosts: readonly Host[] = hostsOf(document),
  ) {
    this.document = document;
    this.root = root;
    this.options = options;
    this.hosts = hosts;
    this.type = attributeValue(root, 'type') ?? '';
    const type = child(root, 'os', 'type');
    this.namesType = type !== undefined;
    this.architecture = attributeValue(type, 'arch');
    this.machine = attributeValue(type, 'machine');
  }

  /** A figure that a project may set. */
  option(which: RuleOption): number {
    return this.options.get(which) ?? which.usual;
  }

  /** Run by libvirt's QEMU driver (kvm, qemu, hvf): what most rules speak of. */
  get isQemu(): boolean {
    return QEMU_TYPES.has(this.type);
  }

  get isKvm(): boolean {
    return this.type === 'kvm';
  }

  /** x86_64 or i686; also where no architecture is written, unless the machine type belongs to another one. */
  get isX86(): boolean {
    if (this.architecture !== undefined) return X86.has(this.architecture);
    return !/^(virt|pseries|s390-ccw|spapr)/.test(this.machine ?? '');
  }

  /** The machine is a q35 of any version ("q35", "pc-q35-8.2"). */
  get isQ35(): boolean {
    return this.machine !== undefined && /^(pc-)?q35(-|$)/.test(this.machine);
  }

  /** The machine is the i440fx PC of any version ("pc", "pc-i440fx-7.2", "pc-1.0"), stated or by libvirt's default for x86. */
  get isI440fx(): boolean {
    if (this.machine === undefined) return this.namesType && this.isX86 && this.isQemu;
    return /^pc(-(i440fx|\d)|$)/.test(this.machine);
  }

  /** The most vCPUs that the guest can have: the text of vcpu (1 where it is absent), or undefined where it is no number. */
  get vcpus(): number | undefined {
    const element = child(this.root, 'vcpu');
    return element ? wholeNumber(textOf(element)) : 1;
  }

  /**
   * The guest's memory in bytes, or undefined where it can't be told. As libvirt counts it when it stores a definition
   * (virDomainDefPostParseMemory): with guest NUMA cells their sum and that of all memory modules, else what memory says.
   */
  get memory(): number | undefined {
    return this.keep('memory', () => {
      if (this.numaCells.length === 0) return elementSize(child(this.root, 'memory'));
      const cells = this.numaCells.map((cell) => attributeSize(cell, 'memory'));
      return sumOf([...cells, ...this.memoryModules.map((module) => module.size)]);
    });
  }

  get memoryBacking(): MemoryBacking {
    return this.keep('memoryBacking', () => readMemoryBacking(this.root, this.numaCells.length));
  }

  /** devices/memory: DIMMs, NVDIMMs, virtio-mem, … */
  get memoryModules(): readonly MemoryModule[] {
    return this.keep('memoryModules', () => this.devices('memory').map(readMemoryModule));
  }

  /** cpu/numa/cell, in document order. */
  get numaCells(): readonly XmlElement[] {
    return this.keep('numaCells', () => {
      const numa = child(this.root, 'cpu', 'numa');
      return numa ? childElements(numa, 'cell') : [];
    });
  }

  /** Everything directly inside devices; with a name, the devices of that name. */
  devices(name?: string): readonly XmlElement[] {
    if (name === undefined)
      return this.keep('devices', () =>
        childElements(this.root, 'devices').flatMap((devices) => childElements(devices)),
      );
    this.devicesByName ??= byName(this.devices());
    return this.devicesByName.get(name) ?? none;
  }

  get disks(): readonly Disk[] {
    return this.keep('disks', () => this.devices('disk').map(readDisk));
  }

  get interfaces(): readonly NetworkInterface[] {
    return this.keep('interfaces', () => this.devices('interface').map(readInterface));
  }

  /** Whether an element of this name (`disk`), or an attribute (`@cache`), stands anywhere in the document. */
  has(name: string): boolean {
    return this.names.has(name);
  }

  /** Every name of an element (`disk`) and of an attribute (`@cache`) in the document. */
  get names(): ReadonlySet<string> {
    this.knownNames ??= namesIn(this.root);
    return this.knownNames;
  }

  /** Every element of a name, wherever it stands. */
  elements(name: string): readonly XmlElement[] {
    return this.keep('elements', () => byName(descendants(this.root))).get(name) ?? none;
  }

  /** Works something out once for this document; the key names it. For readings that several rules share. */
  keep<Value>(key: string, read: () => Value): Value {
    if (!this.kept.has(key)) this.kept.set(key, read());
    return this.kept.get(key) as Value;
  }
}

function namesIn(root: XmlElement): ReadonlySet<string> {
  const names = new Set<string>();
  const attributes = new Set<string>();
  for (const element of descendants(root)) {
    names.add(element.name);
    for (const attribute of element.attributes) attributes.add(attribute.name);
  }
  for (const attribute of attributes) names.add(`@${attribute}`);
  return names;
}

const none: readonly XmlElement[] = [];

function byName(elements: Iterable<XmlElement>): ReadonlyMap<string, readonly XmlElement[]> {
  const map = new Map<string, XmlElement[]>();
  for (const element of elements) {
    const list = map.get(element.name);
    if (list) list.push(element);
    else map.set(element.name, [element]);
  }
  return map;
}
