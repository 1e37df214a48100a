/** IOThreads defined twice, or with a pool that cannot be. */
import type { Domain } from '../../domain/domain.ts';
import { iothreadElements } from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

/** Threads that QEMU's pool has at most where nothing is said. */
const DEFAULT_MOST = 64;

interface Pool {
  /** The bound that is wrong. */
  readonly at: XmlAttribute;
  readonly least: number;
  /** Undefined where thread_pool_max is not written. */
  readonly most: number | undefined;
}

export const refusals: readonly Rule[] = [
  defineRule<XmlAttribute>({
    id: 'iothreads/duplicate-id',
    page: 'iothreads/definition',
    severity: 'error',
    needs: ['iothread'],
    since: '1.2.15',
    *find(domain) {
      const seen = new Set<number>();
      for (const element of domain.isQemu ? iothreadElements(domain) : []) {
        const at = attribute(element, 'id');
        const id = wholeNumber(at?.value);
        if (!at || id === undefined) continue;
        if (id === 0 || seen.has(id)) yield at;
        seen.add(id);
      }
    },
    say: (at) => ({
      at: valueSpan(at),
      message:
        wholeNumber(at.value) === 0
          ? say`Ids of IOThreads start at 1; libvirt refuses 0.`
          : say`IOThread ${at.value.trim()} is defined a second time; libvirt refuses the definition.`,
    }),
    fix(at, domain) {
      const ids = new Set(iothreadElements(domain).map((element) => wholeNumber(attributeValue(element, 'id'))));
      let free = 1;
      while (ids.has(free)) free++;
      return [
        { title: say`Change the id to ${free}`, edits: setAttribute(at.parent, 'id', String(free), domain.document) },
      ];
    },
  }),
  defineRule<Pool>({
    id: 'iothreads/thread-pool-bounds',
    page: 'iothreads/definition',
    severity: 'error',
    needs: ['iothread|defaultiothread'],
    since: '8.5.0',
    find: (domain) => (domain.isQemu ? wrongPools(domain) : []),
    say: ({ at, least, most }) => ({
      at: valueSpan(at),
      message:
        most === 0
          ? say`\`thread_pool_max\` must be at least 1: a pool without threads does no I/O; libvirt refuses the definition.`
          : say`The pool has at least ${least} threads and ${most === undefined ? say`no \`thread_pool_max\`` : say`at most ${most}`}; libvirt refuses a minimum above the maximum.`,
    }),
    fix({ at, least, most }, { document }) {
      const { parent } = at;
      const raise = Math.max(least, most || DEFAULT_MOST);
      const title = say`Set thread_pool_max='${raise}'`;
      const raised = { title, edits: setAttribute(parent, 'thread_pool_max', String(raise), document) };
      if (!most || most >= least) return [raised];
      const edits = [
        ...setAttribute(parent, 'thread_pool_min', String(most), document),
        ...setAttribute(parent, 'thread_pool_max', String(least), document),
      ];
      return [{ title: say`Swap: ${most} to ${least} threads`, edits }, raised];
    },
  }),
];

function wrongPools(domain: Domain): Pool[] {
  return [...iothreadElements(domain), child(domain.root, 'defaultiothread')].flatMap((element) => {
    const min = attribute(element, 'thread_pool_min');
    const max = attribute(element, 'thread_pool_max');
    const least = wholeNumber(min?.value);
    const most = max && wholeNumber(max.value);
    if (max && most === 0) return [{ at: max, least: least ?? 0, most }];
    if ((max && most === undefined) || !min || least === undefined) return [];
    // libvirt reads an absent maximum as -1, so that no minimum is below it.
    return least > (most ?? -1) ? [{ at: min, least, most }] : [];
  });
}
