/** The search for the cheapest repair. It goes only where the yes/no pass says no. */
import type { XmlElement } from '../../xml/tree.ts';
import type { Judge } from '../judge.ts';
import type { LoadedGrammar } from '../load.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import type { PatternPool } from '../patternPool.ts';
import { repairStartTag } from './attributes.ts';
import { repairContent } from './children.ts';
import { blameChoosingAttribute } from './choosing.ts';
import { type BestRepair, costTolerance, nothingWrong, type Repair, type RepairContext } from './context.ts';

/** Steps for one document: some hundred milliseconds. A document that needs more gets coarser answers. */
const budget = 200_000;

export class RepairSearch implements RepairContext {
  readonly pool: PatternPool;
  readonly judge: Judge;
  readonly grammar: LoadedGrammar;
  readonly #repairs = new Map<XmlElement, Map<Declaration, Repair>>();
  readonly #rivals = new Map<XmlElement, readonly Declaration[]>();
  #steps = budget;
  constructor(judge: Judge, grammar: LoadedGrammar) {
    this.judge = judge;
    this.grammar = grammar;
    this.pool = grammar.pool;
  }

  readonly spend = () => this.#steps-- > 0;
  readonly rivals = (element: XmlElement) => this.#rivals.get(element);

  readonly best = (element: XmlElement, declarations: readonly Declaration[]): BestRepair => {
    const fitting = declarations.filter((one) => this.judge.accepts(element, one));
    if (fitting.length) return { ...nothingWrong, declarations: fitting };
    if (declarations.length > 1) this.#rivals.set(element, declarations);
    let best: { repair: Repair; declarations: Declaration[] } | undefined;
    for (const declaration of declarations) {
      if (best && this.#steps <= 0) break;
      const repair = this.#repair(element, declaration);
      if (!best || repair.cost < best.repair.cost - costTolerance) best = { repair, declarations: [declaration] };
      else if (repair.cost <= best.repair.cost + costTolerance) best.declarations.push(declaration);
    }
    return best ? { ...best.repair, declarations: best.declarations } : { ...nothingWrong, declarations };
  };

  #repair(element: XmlElement, declaration: Declaration): Repair {
    if (this.judge.accepts(element, declaration)) return nothingWrong;
    const repairs = this.#repairs.get(element) ?? new Map<Declaration, Repair>();
    this.#repairs.set(element, repairs);
    const known = repairs.get(declaration);
    if (known) return known;
    const repair = this.#search(element, declaration);
    repairs.set(declaration, repair);
    return repair;
  }

  #search(element: XmlElement, declaration: Declaration): Repair {
    const contentRepair = (content: Pattern) => repairContent(this, { element, declaration }, content);
    const left = this.judge.afterStartTag(declaration.content, element.attributes);
    if (left !== this.pool.notAllowed)
      return blameChoosingAttribute(this, element, declaration, contentRepair(left), contentRepair);
    let best: Repair | undefined;
    for (const tag of repairStartTag(this, element, declaration)) {
      if (best && this.#steps <= 0) break;
      const inside = contentRepair(tag.left);
      const cost = tag.cost + inside.cost;
      if (!best || cost < best.cost - costTolerance) best = { cost, errors: [...tag.errors, ...inside.errors] };
    }
    return best ?? nothingWrong;
  }
}
