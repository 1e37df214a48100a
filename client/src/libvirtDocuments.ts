/** Which of the editor's documents are libvirt's. Asked of every XML file, so it reads their heads only and needs little code. */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE, isDomainDocument, isLibvirtDocument } from '../../server/src/domain/recognise.ts';

/** The languages in which documents of libvirt's are written. */
export const LANGUAGES: readonly string[] = [DOMAIN_LANGUAGE, 'xml'];
/** The proof stands in the head of a document; a line is rarely longer than 40 characters. */
const HEAD_LINES = 120;

/** Whether an editor's document is one of libvirt's; reads its head only. */
export function isLibvirt(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && isLibvirtDocument(document.languageId, headOf(document));
}

/** Whether it is a domain, which can be defined. */
export function isDomain(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && isDomainDocument(document.languageId, headOf(document));
}

/** Looks at what is open and at what will be, until one of libvirt's documents is among it: then acts, once. */
export function onFirstLibvirtDocument(act: () => void): vscode.Disposable {
  if (vscode.workspace.textDocuments.some(isLibvirt)) {
    act();
    return vscode.Disposable.from();
  }
  const look = (document: vscode.TextDocument): void => {
    if (!isLibvirt(document)) return;
    watchers.dispose();
    act();
  };
  const watchers = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  return watchers;
}

function headOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, HEAD_LINES, 0));
}
