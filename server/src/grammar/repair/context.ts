/** What the parts of the repair search share. */
import type { XmlElement } from '../../xml/tree.ts';
import type { GrammarError } from '../error.ts';
import type { Judge } from '../judge.ts';
import type { LoadedGrammar } from '../load.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import type { PatternPool } from '../patternPool.ts';

/** A way to make something right: what is wrong then, and how unlikely that is. */
export interface Repair {
  readonly cost: number;
  readonly errors: readonly GrammarError[];
}

/** The repair of a start tag, and the content that it leaves. */
export interface StartTagRepair extends Repair {
  readonly left: Pattern;
}

/** The cheapest repair among rival declarations, and those that share it. */
export interface BestRepair extends Repair {
  readonly declarations: readonly Declaration[];
}

export interface RepairContext {
  readonly pool: PatternPool;
  readonly judge: Judge;
  /** The grammar that is searched. */
  readonly grammar: LoadedGrammar;
  /** Takes a step off the document's budget; false when it is used up and only cheap answers are wanted. */
  readonly spend: () => boolean;
  readonly best: (element: XmlElement, declarations: readonly Declaration[]) => BestRepair;
  /** The declarations that an element was weighed against. */
  readonly rivals: (element: XmlElement) => readonly Declaration[] | undefined;
}

export const nothingWrong: Repair = { cost: 0, errors: [] };

/**
 * How unlikely each error is. Equal costs but for two preferences: a misspelling is likelier than something missing or
 * superfluous; and an attribute that chooses between readings is believed unless blaming it makes two errors vanish.
 */
export const costs = {
  value: 1,
  rename: 1,
  drop: 1.1,
  missing: 1.1,
  choosing: 0.6,
  reading: 0.005,
  element: 1.1,
  text: 1,
} as const;

/** Sums of costs closer than this are equal. */
export const costTolerance = 1e-9;
