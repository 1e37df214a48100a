/** A guest that is ballooned while nobody asks how it fares. */
import { say } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { virtioBalloons } from './balloon.ts';
import { balloonTarget } from './ballooned.ts';

export const rule = defineRule<XmlElement>({
  id: 'memory/balloon-stats-period',
  severity: 'hint',
  needs: ['currentMemory', 'memballoon'],
  since: '1.1.1',
  find: (domain) => (balloonTarget(domain) ? virtioBalloons(domain).filter((balloon) => !child(balloon, 'stats')) : []),
  say: (balloon) => ({
    at: nameSpan(balloon),
    message: say`This guest is ballooned below its memory, and without \`<stats period>\` the host sees what it gave, not what the guest needs: \`virsh dommemstat\` lacks usable memory, page cache and faults. Asking every 10 s costs one small request each time.`,
  }),
  fix: (balloon, { document }) => [
    { title: say`Collect statistics every 10 s`, edits: insertChild(balloon, "<stats period='10'/>", document) },
  ],
});
