import { say } from '../../l10n/say.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { setValueOf } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { networkSources } from './sources.ts';

/** Names of the host itself, or its loopback addresses. */
const LOCAL = /^(localhost|127\.|::1$|\[::1\]$)/;

interface Plain {
  readonly element: XmlElement;
  readonly host: string;
}

export const rule = defineRule<Plain>({
  id: 'storage/nbd-without-tls',
  severity: 'hint',
  since: '4.5.0',
  needs: ['@protocol', 'host'],
  find: (domain) =>
    networkSources(domain).flatMap(({ protocol, element, hosts }) => {
      const [host] = hosts;
      const name = attributeValue(host, 'name');
      const transport = attributeValue(host, 'transport') ?? 'tcp';
      if (protocol !== 'nbd' || name === undefined || transport !== 'tcp' || LOCAL.test(name)) return [];
      return attributeValue(element, 'tls') === 'yes' ? [] : [{ element, host: name }];
    }),
  say: ({ element, host }) => ({
    at: placeOf(element, 'protocol'),
    message: say`The disk's data go to \`${host}\` in the clear, and NBD asks nobody who he is. \`tls='yes'\` does both, with certificates on host and server; in a storage network of its own it may do without.`,
  }),
  fix: ({ element }, { document }) => [setValueOf(element, 'tls', 'yes', document)],
});
