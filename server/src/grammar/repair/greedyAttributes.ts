/** The last resort for a start tag that is wrong in too many ways: keep what fits in the order written. */
import { nameSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { closeAttributes, derivativeByAny, ignoreAttributes } from '../derivative.ts';
import type { GrammarError } from '../error.ts';
import { attributesOf } from '../following.ts';
import type { Declaration } from '../pattern.ts';
import { valuesOf } from '../values.ts';
import { costs, type RepairContext, type StartTagRepair } from './context.ts';

const mostMissing = 8;

export function takeWhatFits(
  { pool, judge }: RepairContext,
  owner: XmlElement,
  declaration: Declaration,
  attributes: readonly XmlAttribute[],
): StartTagRepair {
  const errors: GrammarError[] = [];
  let left = declaration.content;
  for (const attribute of attributes) {
    const next = judge.afterAttribute(left, judge.names.ofAttribute(attribute), attribute.value);
    if (next !== pool.notAllowed) left = next;
    else {
      const { nameStart: start, nameEnd: end } = attribute;
      errors.push({
        code: 'conflicting-attribute',
        start,
        end,
        owner,
        declaration,
        cost: costs.drop,
        attribute,
        expected: [],
      });
    }
  }
  for (let count = 0; count < mostMissing && closeAttributes(pool, left) === pool.notAllowed; count++) {
    const [first] = attributesOf(left).byName;
    if (!first) break;
    const [name, declarations] = first;
    const expected = valuesOf(declarations.map((one) => one.content));
    errors.push({
      code: 'missing-attribute',
      ...nameSpan(owner),
      owner,
      declaration,
      cost: costs.missing,
      name,
      expected,
    });
    left = derivativeByAny(pool, left, declarations);
  }
  const closed = closeAttributes(pool, left);
  return {
    left: closed === pool.notAllowed ? ignoreAttributes(pool, left) : closed,
    cost: errors.reduce((sum, error) => sum + error.cost, 0),
    errors,
  };
}
