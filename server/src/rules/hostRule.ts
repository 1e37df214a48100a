/** Rules about the hosts that a document is for: each host is asked, and what several of them lack is told once. */

import type { Domain } from '../domain/domain.ts';
import type { Host } from '../domain/host.ts';
import type { Fix, RelatedPlace, Severity } from '../finding.ts';
import { say } from '../l10n/say.ts';
import type { Span } from '../xml/tree.ts';
import { defineRule, type Rule } from './rule.ts';

export interface Lack {
  /** The token that does not fit the host. */
  readonly at: Span;
  /** @param hosts the hosts of which it is so, in words: "`a`, `b` and `c`" */
  readonly message: (hosts: string) => string;
  readonly related?: readonly RelatedPlace[];
  /** Best first. */
  readonly fixes?: readonly Fix[];
}

interface HostRuleDefinition {
  readonly id: string;
  readonly page?: string;
  readonly severity: Severity;
  readonly needs?: readonly string[];
  /** Some of the lacks can be mended by an edit. */
  readonly hasFix?: boolean;
  readonly find: (domain: Domain, host: Host) => Iterable<Lack>;
}

interface SharedLack {
  readonly lack: Lack;
  readonly hosts: string[];
}

/** Silent in documents of which nobody knows where they are for. */
export function hostRule({ find, hasFix, ...definition }: HostRuleDefinition): Rule {
  return defineRule<SharedLack>({
    ...definition,
    find(domain) {
      const shared = new Map<string, SharedLack>();
      for (const host of domain.hosts) {
        for (const lack of find(domain, host)) {
          const key = `${lack.at.start}-${lack.at.end} ${lack.message('')}`;
          const known = shared.get(key);
          if (known) known.hosts.push(host.name);
          else shared.set(key, { lack, hosts: [host.name] });
        }
      }
      return shared.values();
    },
    say: ({ lack: { at, message, related }, hosts }) => ({
      at,
      message: message(inWords(hosts.map((name) => `\`${name}\``))),
      ...(related && { related }),
    }),
    ...(hasFix && { fix: ({ lack: { fixes = [] } }) => fixes }),
  });
}

/** "a, b and c". */
function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? say`${names.slice(0, -1).join(', ')} and ${last}` : last;
}
