/** What a guest uses of its host, live, in a tab. */
import * as vscode from 'vscode';
import type { ClientContext } from '../context.ts';
import { logFailure } from '../report.ts';
import { type Guest, Panels } from '../screen/panels.ts';
import { escapeHtml, pageOf } from '../webview/page.ts';
import { chartStyles, chartsHtml } from './charts.ts';
import { watchHost } from './sampler.ts';

const panels = new Panels('libvirt.stats', (guest) => vscode.l10n.t('Use: {0}', guest));

export function showStats({ extension, log }: ClientContext, guest: Guest): vscode.WebviewPanel {
  return panels.show(extension, guest, (panel) => {
    const { name, host } = guest;
    const title = vscode.l10n.t('Use of {0} by {1}', host.connection.name, name);
    panel.webview.html = pageOf(extension, panel.webview, {
      title,
      script: 'live.js',
      styles: chartStyles,
      body: `<h1>${escapeHtml(name)}</h1><p id="state" role="status">${escapeHtml(vscode.l10n.t('Asking {0}…', host.connection.name))}</p><div id="charts"></div>`,
    });
    let looking: AbortController | undefined;
    const look = (): void => {
      if (!panel.visible) {
        looking?.abort();
        looking = undefined;
      } else if (!looking) {
        looking = new AbortController();
        watchHost(
          host,
          (history, failure) => {
            if (failure) logFailure(log, failure);
            const moments = history.of(name);
            const charts = failure || moments.length === 0 ? [] : [{ id: 'charts', html: chartsHtml(moments) }];
            const state = failure?.message ?? stateOf(history.has(name), moments.length, guest);
            void panel.webview.postMessage([{ id: 'state', html: escapeHtml(state) }, ...charts]);
          },
          looking.signal,
        );
      }
    };
    panel.onDidChangeViewState(look);
    panel.onDidDispose(() => looking?.abort());
    look();
  });
}

function stateOf(isRunning: boolean, known: number, { host, name }: Guest): string {
  const place = host.connection.name;
  if (!isRunning) return vscode.l10n.t('{0} does not run on {1}.', name, place);
  return known === 0 ? vscode.l10n.t('Asking {0}…', place) : vscode.l10n.t('On {0}, every two seconds', place);
}
