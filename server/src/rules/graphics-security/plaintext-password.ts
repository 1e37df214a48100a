import { graphicsOf, isReachable } from '../../domain/graphics.ts';
import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly password: XmlAttribute;
  /** Without it the screen would be open to other machines. */
  readonly isNeeded: boolean;
}

export const rule = defineRule<Match>({
  id: 'graphics-security/plaintext-password',
  severity: 'warning',
  needs: ['graphics', '@passwd'],
  *find(domain) {
    for (const { element, address } of graphicsOf(domain)) {
      const password = attribute(element, 'passwd');
      if (password && password.value !== '')
        yield { password, isNeeded: address !== undefined && isReachable(address.value.trim()) };
    }
  },
  say: ({ password }) => ({
    at: valueSpan(password),
    message: say`Whoever reads this file, its backups or its history has the password of the screen. Give it to the running guest (\`virsh update-device --live\`, with an end in \`passwdValidTo\`), or to all guests in qemu.conf.`,
  }),
  fix: ({ password, isNeeded }, { document }) => (isNeeded ? [] : [dropAttribute(password, document)]),
});
