/** One tab a guest: whoever opens it again sees the tab that is there. */
import * as vscode from 'vscode';
import type { Host } from '../../../virsh/src/index.ts';
import { scriptFolder } from '../webview/page.ts';

/** A guest that is shown in a tab. */
export interface Guest {
  readonly host: Host;
  readonly uuid: string;
  readonly name: string;
}

export class Panels {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly viewType: string;
  private readonly titled: (guest: string) => string;

  /** `titled` makes the tab's title. */
  constructor(viewType: string, titled: (guest: string) => string) {
    this.viewType = viewType;
    this.titled = titled;
  }

  /** Shows the guest's tab; a new one is filled by `fill`. */
  show(
    extension: vscode.ExtensionContext,
    { host, uuid, name }: Guest,
    fill: (panel: vscode.WebviewPanel) => void,
  ): vscode.WebviewPanel {
    const key = JSON.stringify([host.connection.name, uuid]);
    const present = this.panels.get(key);
    if (present) {
      present.reveal();
      return present;
    }
    const title = this.titled(`${name} · ${host.connection.name}`);
    const panel = vscode.window.createWebviewPanel(this.viewType, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [scriptFolder(extension)],
    });
    this.panels.set(key, panel);
    panel.onDidDispose(() => this.panels.delete(key));
    fill(panel);
    return panel;
  }
}
