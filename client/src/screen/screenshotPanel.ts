/** What a guest shows, as a picture that is taken anew while the tab can be seen. */
import * as vscode from 'vscode';
import { takeScreenshot } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { logFailure } from '../report.ts';
import { escapeHtml, pageOf } from '../webview/page.ts';
import { type Guest, Panels } from './panels.ts';
import { whileVisible } from './whileVisible.ts';

const REFRESH_MILLISECONDS = 2000;
const RETRY_MILLISECONDS = 10_000;

const panels = new Panels('libvirt.screenshot', (guest) => vscode.l10n.t('Screenshot: {0}', guest));

export function showScreenshot({ extension, log }: ClientContext, guest: Guest): vscode.WebviewPanel {
  return panels.show(extension, guest, (panel) => {
    const alt = vscode.l10n.t('Screen of {0} on {1}', guest.name, guest.host.connection.name);
    panel.webview.html = pageOf(extension, panel.webview, {
      title: alt,
      script: 'live.js',
      styles:
        'body { margin: 0; padding: 8px } img { max-width: 100%; image-rendering: auto; border: 1px solid var(--vscode-panel-border) }',
      body: `<p id="state" role="status">${escapeHtml(vscode.l10n.t('Taking a picture…'))}</p><img id="picture" alt="${escapeHtml(alt)}">`,
    });
    whileVisible(panel, async (signal) => {
      const taken = await takeScreenshot(guest.host, guest.uuid, { signal });
      if (signal.aborted) return 0;
      if (!taken.ok) logFailure(log, taken.error);
      const state = taken.ok ? vscode.l10n.t('Taken at {0}', new Date().toLocaleTimeString()) : taken.error.message;
      const picture = taken.ok ? [{ id: 'picture', attributes: { src: dataUri(taken.value) } }] : [];
      await panel.webview.postMessage([{ id: 'state', html: escapeHtml(state) }, ...picture]);
      return taken.ok ? REFRESH_MILLISECONDS : RETRY_MILLISECONDS;
    });
  });
}

function dataUri({ type, data }: { readonly type: string; readonly data: Buffer }): string {
  return `data:${type};base64,${data.toString('base64')}`;
}
