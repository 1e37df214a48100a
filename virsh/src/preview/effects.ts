/** When a change takes effect: the table, asked. */
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type Effect, type EffectEntry, effectTable } from './effectTable.ts';
import { subjectOf } from './places.ts';

export interface EffectOfChange {
  readonly effect: Effect;
  /** The command that does it while the guest runs. */
  readonly live: string | undefined;
  /** What else to know, as a clause. */
  readonly remark: string | undefined;
}

/** The effect of a change at a path. `element` is what is added, removed or changed. */
export function effectOf(path: string, kind: 'added' | 'removed' | 'changed', element: XmlElement): EffectOfChange {
  const entry = effectTable.find((candidate) => fits(candidate, path, kind, element));
  return { effect: entry?.effect ?? 'cold-start', live: entry?.live, remark: entry?.remark?.toString() };
}

function fits({ path, kinds, only }: EffectEntry, at: string, kind: string, element: XmlElement): boolean {
  const isBelow = at.startsWith(path) && ['/', '@'].includes(at.charAt(path.length));
  if (at !== path && !isBelow) return false;
  // A whole device that comes or goes is another matter than a change inside it.
  if (kinds && !(at === path && kinds.some((one) => one === kind))) return false;
  return only === undefined || only(subjectOf(element));
}
