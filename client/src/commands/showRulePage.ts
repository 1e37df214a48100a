/** Opens the page of a rule: the link behind a diagnostic's code. */
import * as vscode from 'vscode';
import type { ClientContext } from '../context.ts';

/** Shows a page's Markdown in VS Code's own preview. */
export async function showRulePage(
  { language, documents }: ClientContext,
  rule: unknown,
  page: unknown,
): Promise<void> {
  if (typeof rule !== 'string' || typeof page !== 'string') return;
  const text = await language.page(page);
  if (text === null) {
    void vscode.window.showErrorMessage(vscode.l10n.t('There is no page about {0}.', rule));
    return;
  }
  const anchor = rule === page ? '' : rule.replaceAll(/[^\w-]/g, '');
  const uri = documents.put(`/${page}.md`, text).with({ fragment: anchor });
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}
