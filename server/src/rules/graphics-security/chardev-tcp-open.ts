import { type CharacterDevice, characterDevices } from '../../domain/characterDevices.ts';
import { isReachable } from '../../domain/graphics.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly character: CharacterDevice;
  /** The `<source>` that listens. */
  readonly source: XmlElement;
}

export const rule = defineRule<Match>({
  id: 'graphics-security/chardev-tcp-open',
  severity: 'warning',
  needs: ['source', '@mode'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const character of characterDevices(domain))
      for (const source of character.type === 'tcp' && !character.isSerialAgain ? character.sources : []) {
        const host = attributeValue(source, 'host');
        const isOpen = host === undefined || isReachable(host);
        if (attributeValue(source, 'mode') === 'bind' && isOpen && attributeValue(source, 'tls') !== 'yes')
          yield { character, source };
      }
  },
  say: ({ character, source }) => ({
    at: placeOf(source, 'host'),
    message: say`\`<${character.device.name}>\` listens for other machines and lets in whoever comes first: neither raw TCP nor telnet asks who it is, and a console is often a root shell or a boot loader. Listen on \`127.0.0.1\`, require TLS, or take a pty.`,
  }),
  fix: ({ source }, { document }) => [
    { title: say`Listen on the host alone`, edits: setAttribute(source, 'host', '127.0.0.1', document) },
    { title: say`Require TLS`, edits: setAttribute(source, 'tls', 'yes', document) },
  ],
});
