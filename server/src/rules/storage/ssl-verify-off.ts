import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { networkSources } from './sources.ts';

interface Unchecked {
  readonly verify: XmlAttribute;
  readonly host: string;
}

export const rule = defineRule<Unchecked>({
  id: 'storage/ssl-verify-off',
  severity: 'warning',
  since: '6.2.0',
  needs: ['ssl'],
  find: (domain) =>
    networkSources(domain).flatMap(({ element, hosts }) => {
      const verify = attribute(child(element, 'ssl'), 'verify');
      if (verify?.value.trim() !== 'no') return [];
      return [{ verify, host: attributeValue(hosts[0], 'name') ?? say`the server` }];
    }),
  say: ({ verify, host }) => ({
    at: valueSpan(verify),
    message: say`Nobody checks that it is \`${host}\` that answers: who sits on the way can hand the guest another image. Check the certificate; for one that you signed yourself, have the host's trust store know your authority.`,
  }),
  fix: ({ verify }, { document }) => [setValueOf(verify.parent, 'verify', 'yes', document)],
});
