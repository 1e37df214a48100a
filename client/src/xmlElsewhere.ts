/**
 * Which features of any XML editor other extensions give for files of language `xml`. For those files the server leaves them out,
 * so that nothing is doubled; our own language nobody else serves.
 */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** As the server calls them. */
const FEATURES = ['formatting', 'folding', 'symbols', 'tags', 'endTags', 'syntax'] as const;
type Feature = (typeof FEATURES)[number];

/** What an extension gives: always, or as long as one of its settings is not false. */
type Gives = Readonly<Partial<Record<Feature, true | string>>>;

const EXTENSIONS: Readonly<Record<string, Gives>> = {
  'redhat.vscode-xml': {
    formatting: 'xml.format.enabled',
    folding: true,
    symbols: 'xml.symbols.enabled',
    tags: true,
    endTags: true,
    syntax: 'xml.validation.enabled',
  },
  'dotjoshjohnson.xml': { formatting: true },
  'fabianlauer.vs-code-xml-format': { formatting: true },
  'mikeburgh.xml-format': { formatting: true },
  'formulahendry.auto-close-tag': { tags: true },
};

/** `auto`: what the extensions that are installed do not give; `on`: all; `off`: none. */
export function xmlElsewhere(): readonly Feature[] {
  const wanted = vscode.workspace.getConfiguration('libvirt').get('xmlFeatures');
  if (wanted === 'on') return [];
  return wanted === 'off'
    ? FEATURES
    : FEATURES.filter((feature) => Object.keys(EXTENSIONS).some((id) => gives(id, feature)));
}

function gives(id: string, feature: Feature): boolean {
  const given = vscode.extensions.getExtension(id) && EXTENSIONS[id]?.[feature];
  return given !== undefined && (given === true || vscode.workspace.getConfiguration().get(given) !== false);
}

/** Tells the server when extensions come and go, and when their settings or ours change. */
export function followXmlElsewhere(client: BaseLanguageClient, first: readonly string[]): vscode.Disposable {
  let told = first.join();
  const tell = (): void => {
    const features = xmlElsewhere();
    if (features.join() === told) return;
    told = features.join();
    void client.sendNotification('virtlint/xmlElsewhere', { features });
  };
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(tell),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('libvirt.xmlFeatures') || change.affectsConfiguration('xml')) tell();
    }),
  );
}
