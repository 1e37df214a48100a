/** The snippets that are whole documents, in the form of VS Code's snippet files: for a file in which nothing stands that says whose it is. */
import { allSnippets } from './snippets.ts';

export interface EditorSnippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  /** Offered by `Snippets: Fill File with Snippet`. */
  readonly isFileTemplate: true;
}

/** By title, as VS Code lists them. */
export function editorSnippets(): Record<string, EditorSnippet> {
  return Object.fromEntries(
    allSnippets()
      .filter(({ place }) => place === 'documents')
      .map(({ name, title, about, body }) => [
        title,
        { prefix: name, description: about, body: tabbed(body).split('\n'), isFileTemplate: true },
      ]),
  );
}

/** One tab for each step in, which editors replace by what the user indents with. */
export function tabbed(body: string): string {
  return body.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
}
