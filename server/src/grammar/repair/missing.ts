/** The fewest elements that complete a content. */
import { derivativeByAny } from '../derivative.ts';
import { elementsOf } from '../following.ts';
import type { Pattern } from '../pattern.ts';
import type { PatternPool } from '../patternPool.ts';

const mostMissing = 3;
/** Incomplete contents that are followed at each depth. */
const width = 40;

/** One item for each element that is missing: the names of which one is needed. Empty where nothing completes the content. */
export function missingElements(pool: PatternPool, content: Pattern): string[][] {
  let incomplete: { left: Pattern; names: string[] }[] = [{ left: content, names: [] }];
  for (let depth = 1; depth <= mostMissing; depth++) {
    const complete: string[][] = [];
    const further: typeof incomplete = [];
    const seen = new Set<Pattern>();
    for (const { left, names } of incomplete)
      for (const [name, declarations] of elementsOf(left).byName) {
        const next = derivativeByAny(pool, left, declarations);
        if (next.nullable) complete.push([...names, name]);
        else if (!seen.has(next)) {
          seen.add(next);
          further.push({ left: next, names: [...names, name] });
        }
      }
    const [first] = complete;
    if (first) return depth === 1 ? [complete.flat()] : first.map((name) => [name]);
    incomplete = further.slice(0, width);
  }
  return [];
}
