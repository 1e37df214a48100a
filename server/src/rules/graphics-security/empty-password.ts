import { graphicsOf } from '../../domain/graphics.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'graphics-security/empty-password',
  severity: 'information',
  needs: ['graphics', '@passwd'],
  *find(domain) {
    for (const { element, type } of graphicsOf(domain)) {
      const password = attribute(element, 'passwd');
      if (domain.isQemu && ['vnc', 'spice'].includes(type) && password?.value === '') yield password;
    }
  },
  say: (password) => ({
    at: attributeSpan(password),
    message: say`An empty password is not "no password": it is asked for, and none is right, so nobody gets in. Without the attribute the screen asks for none.`,
  }),
  fix: (password, { document }) => [dropAttribute(password, document)],
});
