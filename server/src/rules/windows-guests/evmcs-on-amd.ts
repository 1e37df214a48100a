import { namedX86Model } from '../../domain/cpu.ts';
import { feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { isEnlightened } from './enlightenments.ts';

const WITHOUT_VMX = new Set(['AMD', 'Hygon']);

interface Match {
  readonly evmcs: XmlElement;
  readonly model: XmlElement;
  readonly name: string;
}

export const rule = defineRule<Match>({
  id: 'windows-guests/evmcs-on-amd',
  severity: 'warning',
  since: '4.10.0',
  needs: ['evmcs'],
  *find(domain) {
    const evmcs = feature(domain, 'hyperv', 'evmcs');
    const named = namedX86Model(domain);
    if (!evmcs || !named || !domain.isKvm || !isEnlightened(domain, 'evmcs')) return;
    if (WITHOUT_VMX.has(named.known.vendor ?? '')) yield { evmcs, model: named.cpu.model, name: named.known.name };
  },
  say: ({ evmcs, model, name }) => ({
    at: nameSpan(evmcs),
    message: say`\`<evmcs>\` is a form of Intel's VMX, and \`${name}\` is AMD's: an AMD host has none to offer, and the guest may not start. Remove it.`,
    related: [{ ...textSpan(model), message: say`The CPU model` }],
  }),
  fix: ({ evmcs }, { document }) => [dropElement(evmcs, document)],
});
