// Keeps texts for people translatable: each is said by say`…`, phrase`…` or vscode.l10n.t('…').
import { buildSupport } from './support.mjs';

/** @returns {Promise<string[]>} one line a fault */
export async function checkTexts() {
  const { gatherTexts } = await buildSupport('test/support/l10n/sources.ts');
  return gatherTexts().faults;
}
