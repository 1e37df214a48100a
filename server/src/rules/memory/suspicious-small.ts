/** A memory size that is right for no guest: most often the unit was forgotten. */

import type { Domain } from '../../domain/domain.ts';
import { smallestMemory } from '../../domain/options.ts';
import { bytesInUnit, elementSize, formatSize, GIBIBYTE, MEBIBYTE } from '../../domain/sizes.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue, child, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** What a forgotten unit would make at least, to be offered. */
const PLAUSIBLE = 128 * MEBIBYTE;

interface Match {
  readonly element: XmlElement;
  readonly size: number;
}

/** Gives memory the unit, and currentMemory with it where both were written alike. */
function withUnit({ element }: Match, unit: string, { root, document }: Domain): Fix {
  const current = child(root, 'currentMemory');
  const alike =
    current &&
    textOf(current) === textOf(element) &&
    attributeValue(current, 'unit') === attributeValue(element, 'unit');
  const both = alike ? [element, current] : [element];
  return {
    title: say`Say ${textOf(element)} ${unit}`,
    edits: both.flatMap((one) => setAttribute(one, 'unit', unit, document)),
  };
}

export const rule = defineRule<Match>({
  id: 'memory/suspicious-small',
  severity: 'warning',
  *find(domain) {
    const element = child(domain.root, 'memory');
    const size = elementSize(element);
    if (!domain.isQemu || !domain.isX86 || domain.numaCells.length > 0) return;
    if (element && size && size < domain.option(smallestMemory) * MEBIBYTE) yield { element, size };
  },
  say({ element, size }) {
    const unitless = attributeValue(element, 'unit') === undefined;
    const reason = unitless ? say`a number without \`unit\` counts KiB` : say`check the \`unit\``;
    return {
      at: textSpan(element),
      message: say`The guest gets ${formatSize(size)} of memory, too little for a PC to boot: ${reason}. Say \`unit='MiB'\` or \`'GiB'\`.`,
    };
  },
  fix(match, domain) {
    const number = Number(textOf(match.element));
    const fitting = ['MiB', 'GiB'].filter((unit) => {
      const bytes = number * (bytesInUnit(unit) ?? 0);
      return bytes >= PLAUSIBLE && bytes < 64 * 1024 * GIBIBYTE;
    });
    return fitting.map((unit) => withUnit(match, unit, domain));
  },
});
