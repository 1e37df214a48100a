/** Cache and physical address width: modes and attributes that QEMU cannot combine. */
import { type Cpu, cpuOf } from '../../domain/cpu.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { dropAttribute } from './repairs.ts';

interface Match {
  readonly at: Span;
  readonly message: string;
  readonly fixes: (domain: Domain) => readonly Fix[];
}

export const refusals: readonly Rule[] = [
  defineRule<Match>({
    id: 'cpu/cache-mode-level',
    page: 'cpu/cache-and-address-width',
    severity: 'error',
    needs: ['cpu', 'cache'],
    since: '3.3.0',
    *find(domain) {
      const cpu = cpuOf(domain);
      const cache = child(domain.root, 'cpu', 'cache');
      const found = domain.isQemu && domain.isX86 && cpu && cache && judgeCache(cpu, cache);
      if (found) yield found;
    },
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }, domain) => fixes(domain),
  }),
  defineRule<Match>({
    id: 'cpu/maxphysaddr-attributes',
    page: 'cpu/cache-and-address-width',
    severity: 'error',
    needs: ['maxphysaddr'],
    since: '8.7.0',
    *find(domain) {
      const width = child(domain.root, 'cpu', 'maxphysaddr');
      const found = domain.isQemu && domain.isX86 && width && judgeWidth(width);
      if (found) yield found;
    },
    say: ({ at, message }) => ({ at, message }),
    fix: ({ fixes }, domain) => fixes(domain),
  }),
];

function judgeCache(cpu: Cpu, cache: XmlElement): Match | undefined {
  const mode = attribute(cache, 'mode');
  const level = attribute(cache, 'level');
  const remove = (document: Domain['document']): Fix => ({
    title: say`Remove <cache>: the machine type decides`,
    edits: removeElement(cache, document),
  });
  if (mode?.value === 'emulate' && level?.value.trim() !== '3') {
    return {
      at: level ? valueSpan(level) : valueSpan(mode),
      message: say`QEMU emulates a level 3 cache only: \`mode='emulate'\` is refused without \`level='3'\`.`,
      fixes: ({ document }) => [
        { title: say`Set level='3'`, edits: setAttribute(cache, 'level', '3', document) },
        remove(document),
      ],
    };
  }
  if (mode?.value !== 'passthrough' && mode?.value !== 'disable') return undefined;
  if (level) {
    return {
      at: attributeSpan(level),
      message: say`\`mode='${mode.value}'\` is about all levels of the cache at once and is refused with \`level='${level.value.trim()}'\`. Remove the level.`,
      fixes: ({ document }) => [{ title: say`Remove level`, edits: dropAttribute(cache, 'level', document) }],
    };
  }
  if (mode.value !== 'passthrough' || !['custom', 'host-model'].includes(cpu.mode)) return undefined;
  return {
    at: valueSpan(mode),
    message: say`The host's caches can be shown only with CPU mode \`host-passthrough\` or \`maximum\`, not with \`${cpu.mode}\`; libvirt refuses the definition.`,
    fixes: ({ document }) => [remove(document)],
  };
}

function judgeWidth(width: XmlElement): Match | undefined {
  const mode = attributeValue(width, 'mode');
  const bits = attribute(width, 'bits');
  const limit = attribute(width, 'limit');
  if (mode === 'passthrough' && bits) {
    return {
      at: attributeSpan(bits),
      message: say`\`mode='passthrough'\` takes the host's address width and is refused with \`bits\`. Use \`emulate\` to fix the width, which is what lets the guest move between hosts of different widths.`,
      fixes: ({ document }) => [
        { title: say`Change mode to 'emulate'`, edits: setAttribute(width, 'mode', 'emulate', document) },
        { title: say`Remove bits`, edits: removeAttribute(bits, document) },
      ],
    };
  }
  if (mode !== 'emulate') return undefined;
  if (limit) {
    return {
      at: attributeSpan(limit),
      message: say`\`limit\` bounds the width taken from the host (\`mode='passthrough'\`) and is refused with \`emulate\`.`,
      fixes: ({ document }) =>
        bits
          ? [{ title: say`Remove limit`, edits: removeAttribute(limit, document) }]
          : [{ title: say`Change mode to 'passthrough'`, edits: setAttribute(width, 'mode', 'passthrough', document) }],
    };
  }
  return undefined;
}
