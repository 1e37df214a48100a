import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attributeValue, childElements, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'devices/rng-dev-random',
  severity: 'warning',
  since: '1.3.4',
  needs: ['rng'],
  find: (domain) =>
    domain.isQemu
      ? domain
          .devices('rng')
          .flatMap((rng) => childElements(rng, 'backend'))
          .filter((backend) => attributeValue(backend, 'model') === 'random' && textOf(backend) === '/dev/random')
      : [],
  say: (backend) => ({
    at: textSpan(backend),
    message: say`On hosts with a kernel before 5.6 \`/dev/random\` gives nothing once its estimate is used up: this guest waits, and can make the host and all others wait. \`/dev/urandom\` never does, and its numbers are as good.`,
  }),
  fix: (backend) => [{ title: say`Read /dev/urandom`, edits: setText(backend, '/dev/urandom') }],
});
