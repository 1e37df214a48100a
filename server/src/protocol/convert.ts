/** From the core's own types to LSP's. Nothing is decided here. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type SnippetTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction as Action } from '../features/codeActions.ts';
import { fixSnippet, type SnippetEdit } from '../features/fixSnippet.ts';
import type { TextEdit as Edit, Finding, Severity } from '../finding.ts';
import type { Span } from '../xml/tree.ts';
import type { PageAddress } from './pageAddress.ts';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAG = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function toRange(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function toDiagnostic(document: TextDocument, finding: Finding, address: PageAddress): Diagnostic {
  return {
    range: toRange(document, finding),
    severity: SEVERITY[finding.severity],
    code: finding.rule,
    codeDescription: { href: address(finding) },
    source: 'virtlint',
    message: finding.message,
    ...(finding.tags && { tags: finding.tags.map((tag) => TAG[tag]) }),
    ...(finding.related && {
      relatedInformation: finding.related.map((place) => ({
        location: { uri: document.uri, range: toRange(document, place) },
        message: place.message,
      })),
    }),
  };
}

/** What a client takes as an edit. */
export interface EditSupport {
  /** Edits for one version of a document. */
  readonly versioned: boolean;
  /** Edits with places to fill in. */
  readonly snippets: boolean;
}

/** A quick-fix for one version of the document: an editor that has moved on refuses it instead of hitting the wrong place. */
export function toCodeAction(
  document: TextDocument,
  action: Action,
  address: PageAddress,
  { versioned, snippets }: EditSupport,
): CodeAction {
  const { fix, finding } = action;
  const snippet = versioned && snippets ? fixSnippet(fix) : undefined;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, finding, address)],
    ...(fix.preferred && { isPreferred: true }),
    edit: snippet ? toSnippetEdit(document, snippet) : toWorkspaceEdit(document, fix.edits, versioned),
  };
}

function toSnippetEdit(document: TextDocument, { start, end, snippet }: SnippetEdit): WorkspaceEdit {
  const edit: SnippetTextEdit = {
    range: toRange(document, { start, end }),
    snippet: { kind: 'snippet', value: snippet },
  };
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [edit] }] };
}

/** Edits to one document; versioned, an editor that has moved on refuses them. */
export function toWorkspaceEdit(document: TextDocument, edits: readonly Edit[], versioned: boolean): WorkspaceEdit {
  const textEdits = edits.map((edit) => ({ range: toRange(document, edit), newText: edit.newText }));
  return versioned
    ? { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: textEdits }] }
    : { changes: { [document.uri]: textEdits } };
}
