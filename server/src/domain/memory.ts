/** What rules ask of a guest's memory: what backs it, who may map it, and the modules plugged into it. */
import { attribute, attributeValue, child, childElements, textOf } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import { parseCpuset } from './cpuset.ts';
import { wholeNumber } from './numbers.ts';
import { attributeSize, elementSize, KIBIBYTE } from './sizes.ts';

/** One `<page>` of memoryBacking/hugepages. */
export interface PageSize {
  readonly element: XmlElement;
  /** Bytes, or undefined where they can't be told. A size of 4 KiB asks for ordinary pages. */
  readonly size: number | undefined;
  readonly nodeset: XmlAttribute | undefined;
  /** The guest nodes that it serves; undefined: all that no other page names (or a nodeset that can't be read). */
  readonly nodes: ReadonlySet<number> | undefined;
}

export interface MemoryBacking {
  readonly element: XmlElement | undefined;
  readonly hugepages: XmlElement | undefined;
  /** The sizes written inside hugepages; none means the host's default size. */
  readonly pages: readonly PageSize[];
  /** source/@type: 'anonymous', 'file' or 'memfd'. */
  readonly source: XmlAttribute | undefined;
  /** access/@mode: 'shared' or 'private'. */
  readonly access: XmlAttribute | undefined;
  /** allocation/@mode: 'immediate' or 'ondemand'. */
  readonly allocation: XmlAttribute | undefined;
  readonly locked: XmlElement | undefined;
  readonly nosharepages: XmlElement | undefined;
}

/** What is asked for as "huge page" of this size is the ordinary page of the CPU. */
export const ORDINARY_PAGE = 4 * KIBIBYTE;

/** Reads domain/memoryBacking; `cells` is the number of guest NUMA cells. */
export function readMemoryBacking(root: XmlElement, cells: number): MemoryBacking {
  const element = child(root, 'memoryBacking');
  const part = (name: string): XmlElement | undefined => element && child(element, name);
  const hugepages = part('hugepages');
  return {
    element,
    hugepages,
    pages: hugepages ? childElements(hugepages, 'page').map((page) => readPage(page, cells)) : [],
    source: attribute(part('source'), 'type'),
    access: attribute(part('access'), 'mode'),
    allocation: attribute(part('allocation'), 'mode'),
    locked: part('locked'),
    nosharepages: part('nosharepages'),
  };
}

/** Without guest cells libvirt takes nodeset='0' for no nodeset at all (virDomainDefPostParseMemtune). */
function readPage(element: XmlElement, cells: number): PageSize {
  const written = attribute(element, 'nodeset');
  const nodes = written && parseCpuset(written.value);
  const meansAll = cells === 0 && nodes?.size === 1 && nodes.has(0);
  return {
    element,
    size: attributeSize(element, 'size'),
    nodeset: meansAll ? undefined : written,
    nodes: meansAll ? undefined : nodes,
  };
}

/** The page size that serves a guest node: the one that names it, else the one without nodeset. */
export function pageOfNode(backing: MemoryBacking, node: number): PageSize | undefined {
  return (
    backing.pages.find((page) => page.nodes?.has(node)) ?? backing.pages.find((page) => page.nodeset === undefined)
  );
}

/** Some of the guest's memory comes from the host's pool of static huge pages. */
export function usesHugePages(backing: MemoryBacking): boolean {
  return (
    backing.hugepages !== undefined &&
    (backing.pages.length === 0 || backing.pages.some((page) => page.size !== ORDINARY_PAGE))
  );
}

/** How each piece of the guest's memory is mapped: a cell's memAccess, else memoryBacking/access. */
function accessModes(backing: MemoryBacking, cells: readonly XmlElement[]): readonly (string | undefined)[] {
  const general = backing.access?.value.trim();
  return cells.length === 0 ? [general] : cells.map((cell) => attributeValue(cell, 'memAccess') ?? general);
}

/** All guest memory is declared shared: what libvirt asks for before virtiofs and vhost-user disks. */
export function isDeclaredShared(backing: MemoryBacking, cells: readonly XmlElement[]): boolean {
  return accessModes(backing, cells).every((mode) => mode === 'shared');
}

/** All guest memory can be mapped by other processes. QEMU maps memfd memory shared unless told otherwise. */
export function isMappedShared(backing: MemoryBacking, cells: readonly XmlElement[]): boolean {
  const memfd = backing.source?.value.trim() === 'memfd';
  return accessModes(backing, cells).every((mode) => mode === 'shared' || (memfd && mode === undefined));
}

/** An access mode is written for some of the guest's memory. */
export function namesAccess(backing: MemoryBacking, cells: readonly XmlElement[]): boolean {
  return accessModes(backing, cells).some((mode) => mode !== undefined);
}

/** One devices/memory. */
export interface MemoryModule {
  readonly element: XmlElement;
  /** 'dimm', 'nvdimm', 'virtio-pmem', 'virtio-mem', 'sgx-epc', … */
  readonly model: string;
  readonly target: XmlElement | undefined;
  /** target/size in bytes: what it adds to the guest's memory at most. */
  readonly size: number | undefined;
  /** target/node: the guest node that it belongs to. */
  readonly nodeElement: XmlElement | undefined;
  readonly node: number | undefined;
}

export function readMemoryModule(element: XmlElement): MemoryModule {
  const target = child(element, 'target');
  const nodeElement = target && child(target, 'node');
  return {
    element,
    model: attributeValue(element, 'model') ?? '',
    target,
    size: elementSize(target && child(target, 'size')),
    nodeElement,
    node: wholeNumber(nodeElement && textOf(nodeElement)),
  };
}
