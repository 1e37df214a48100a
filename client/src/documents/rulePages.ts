/**
 * The pages of rules as read-only documents: `virtlint-rule:/disk/cache-default.md`. The link behind a diagnostic's code is such an address,
 * because VS Code follows no command in a hover; package.json lets it open in the Markdown preview.
 */
import * as vscode from 'vscode';
import type { Language } from '../language.ts';

export const RULE_PAGE_SCHEME = 'virtlint-rule';
/** The address of a page, for the language server to fill in. */
export const RULE_PAGE_ADDRESS = `${RULE_PAGE_SCHEME}:/{page}.md#{anchor}`;

export class RulePages implements vscode.TextDocumentContentProvider {
  private readonly language: Pick<Language, 'page'>;

  constructor(language: Pick<Language, 'page'>) {
    this.language = language;
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const page = path.replace(/^\//, '').replace(/\.md$/, '');
    return (await this.language.page(page)) ?? vscode.l10n.t('There is no page about {0}.', page);
  }
}
