/** Reads whether the guest starts with less memory than it could have: what a balloon must make true. */
import type { Domain } from '../../domain/domain.ts';
import { elementSize } from '../../domain/sizes.ts';
import { child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';

export interface Ballooned {
  readonly current: XmlElement;
  readonly target: number;
  readonly memory: number;
  /** devices/memballoon, or undefined where libvirt adds a virtio one. */
  readonly balloon: XmlElement | undefined;
}

/** The balloon target, where currentMemory sets one. Undefined where modules are plugged: then the sizes differ anyway. */
export function balloonTarget(domain: Domain): Ballooned | undefined {
  const current = child(domain.root, 'currentMemory');
  const target = elementSize(current);
  const { memory } = domain;
  if (!domain.isQemu || domain.memoryModules.length > 0) return undefined;
  if (!current || !target || !memory || target >= memory) return undefined;
  return { current, target, memory, balloon: domain.devices('memballoon')[0] };
}
