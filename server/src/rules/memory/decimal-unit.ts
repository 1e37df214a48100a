/** Memory in powers of ten, which fit no page. */
import { ORDINARY_PAGE } from '../../domain/memory.ts';
import { attributeSize, elementSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, child, childElements, textOf, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly unit: XmlAttribute;
  readonly number: string;
  readonly size: number;
}

function match(element: XmlElement, number: string, size: number | undefined): Match[] {
  const unit = attribute(element, 'unit');
  return unit && size && /^[kmgtpe]b$/i.test(unit.value.trim()) ? [{ unit, number, size }] : [];
}

function binary(unit: XmlAttribute): string {
  return `${unit.value.trim().charAt(0).toUpperCase()}iB`;
}

export const rule = defineRule<Match>({
  id: 'memory/decimal-unit',
  severity: 'hint',
  needs: ['@unit'],
  since: '0.9.11',
  find(domain) {
    const memtune = child(domain.root, 'memtune');
    const elements = ['memory', 'currentMemory', 'maxMemory'].flatMap((name) => childElements(domain.root, name));
    const told = [...elements, ...(memtune ? childElements(memtune) : [])].flatMap((element) =>
      match(element, textOf(element), elementSize(element)),
    );
    const cells = domain.numaCells.flatMap((cell) =>
      match(cell, attribute(cell, 'memory')?.value ?? '', attributeSize(cell, 'memory')),
    );
    const inPages = domain.memoryBacking.hugepages || domain.numaCells.length > 0 || domain.memoryModules.length > 0;
    return [...told, ...cells].filter(({ size }) => inPages || size % ORDINARY_PAGE !== 0);
  },
  say: ({ unit, number, size }) => ({
    at: valueSpan(unit),
    message: say`\`${unit.value.trim()}\` counts in powers of ten: ${number} ${unit.value.trim()} are ${size / 1024} KiB, which fill no whole pages, so libvirt rounds up. Write \`${binary(unit)}\` unless the decimal amount is meant.`,
  }),
  fix: ({ unit }, { document }) => [
    { title: say`Change unit to '${binary(unit)}'`, edits: setAttribute(unit.parent, 'unit', binary(unit), document) },
  ],
});
