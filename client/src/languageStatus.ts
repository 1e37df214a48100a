/** The libvirt release that documents are written for: shown in the language status of libvirt's documents, and changed there. */
import * as vscode from 'vscode';
import { say } from '../../server/src/l10n/say.ts';
import type { Language } from './language.ts';
import { isLibvirt } from './libvirtDocuments.ts';

const SETTING = 'libvirt.targetVersion';
const CHOOSE = 'libvirt.chooseTargetVersion';
const RELEASE = /^\d{1,4}(\.\d{1,4}){1,2}$/;

export class LanguageStatus implements vscode.Disposable {
  private readonly watchers: readonly vscode.Disposable[];
  private item: vscode.LanguageStatusItem | undefined;

  constructor(language: Language) {
    this.watchers = [
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.update();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTING)) this.update();
      }),
      vscode.commands.registerCommand(CHOOSE, () => chooseTargetVersion(language)),
    ];
    this.update();
  }

  dispose(): void {
    this.item?.dispose();
    for (const watcher of this.watchers) watcher.dispose();
  }

  /** The item is there for libvirt's documents only: other XML files have the same language. */
  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isLibvirt(document)) {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    this.item ??= vscode.languages.createLanguageStatusItem('libvirt.target', ['xml', 'libvirt-domain']);
    const target = targetVersion();
    this.item.name = say`libvirt release`;
    this.item.text = target ? say`libvirt ${target}` : say`libvirt: newest release`;
    this.item.detail = say`Target of this document`;
    this.item.command = { command: CHOOSE, title: say`Change` };
  }
}

function targetVersion(): string {
  return vscode.workspace.getConfiguration().get<string>(SETTING, '').trim();
}

interface Choice extends vscode.QuickPickItem {
  /** '' for the newest; undefined for one that is still to be asked for. */
  readonly version: string | undefined;
}

async function chooseTargetVersion(language: Language): Promise<void> {
  const current = targetVersion();
  const releases = [...(await language.releases())].reverse();
  const choices: Choice[] = [
    { label: say`Newest`, description: releases[0] ? say`libvirt ${releases[0]}` : '', version: '' },
    ...releases.slice(1).map((release) => ({ label: say`libvirt ${release}`, version: release })),
    { label: say`Another…`, version: undefined },
  ];
  const placeHolder = say`What is newer than the target is marked. Now: ${current ? say`libvirt ${current}` : say`the newest release`}`;
  const chosen = await vscode.window.showQuickPick(choices, { title: say`libvirt release to write for`, placeHolder });
  if (!chosen) return;
  const version = chosen.version ?? (await askForRelease(current));
  if (version === undefined) return;
  const place = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration().update(SETTING, version, place);
}

function askForRelease(current: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: say`libvirt release to write for`,
    value: current,
    placeHolder: '9.0',
    validateInput: (text) => (RELEASE.test(text.trim()) ? undefined : say`A release such as 9.0 or 9.0.0`),
  });
}
