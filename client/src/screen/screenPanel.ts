/** The screen of a guest in a tab: noVNC in a webview, its data through the connection's own way to the host. */
import type { Duplex } from 'node:stream';
import * as vscode from 'vscode';
import { domain, type VncPlace, vncPassword, vncPlace } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { logFailure } from '../report.ts';
import { escapeHtml, pageOf } from '../webview/page.ts';
import { type Guest, Panels } from './panels.ts';

const panels = new Panels('libvirt.screen', (guest) => vscode.l10n.t('Screen: {0}', guest));

export function showScreen(context: ClientContext, guest: Guest): vscode.WebviewPanel {
  return panels.show(context.extension, guest, (panel) => {
    const session = new ScreenSession(context, guest, panel);
    panel.webview.onDidReceiveMessage((message: unknown) => session.hear(message));
    panel.onDidChangeViewState(() => {
      // A page that cannot be seen is gone; it begins anew when it is looked at again.
      if (!panel.visible) session.end();
    });
    panel.onDidDispose(() => session.end());
    panel.webview.html = pageOf(context.extension, panel.webview, {
      title: guest.name,
      script: 'screen.js',
      styles,
      body: body(guest),
    });
  });
}

class ScreenSession {
  private readonly context: ClientContext;
  private readonly guest: Guest;
  private readonly panel: vscode.WebviewPanel;
  private stream: Duplex | undefined;
  private ending = new AbortController();

  constructor(context: ClientContext, guest: Guest, panel: vscode.WebviewPanel) {
    this.context = context;
    this.guest = guest;
    this.panel = panel;
  }

  hear(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('type' in message)) return;
    switch (message.type) {
      case 'ready':
        void this.begin();
        break;
      case 'data':
        if ('data' in message) this.stream?.write(asBytes(message.data));
        break;
      case 'credentials':
        void this.sendPassword();
        break;
      case 'state':
        this.tellState('state' in message ? message.state : '', 'detail' in message ? message.detail : '');
        break;
      case 'close':
        this.end();
        break;
    }
  }

  /** Ends the connection; the page can begin a new one. */
  end(): void {
    this.ending.abort();
    this.stream?.destroy();
    this.stream = undefined;
  }

  private async begin(): Promise<void> {
    this.end();
    this.ending = new AbortController();
    const { signal } = this.ending;
    const { host, uuid, name } = this.guest;
    this.status(vscode.l10n.t('Connecting to {0} on {1}…', name, host.connection.name));
    const dumped = await host.run(domain.dumpXml(uuid), { signal });
    if (signal.aborted) return;
    if (!dumped.ok) {
      logFailure(this.context.log, dumped.error);
      this.status(dumped.error.message);
      return;
    }
    const place = vncPlace(dumped.value, host.connection);
    if (place.kind === 'none') this.status(place.why);
    else await this.connect(place, signal);
  }

  private async connect(place: Exclude<VncPlace, { kind: 'none' }>, signal: AbortSignal): Promise<void> {
    const { host } = this.guest;
    const connected =
      place.kind === 'port'
        ? await host.connectTo(place.address, place.port, { signal })
        : await host.connectToSocket(place.path, { signal });
    if (!connected.ok) {
      if (signal.aborted) return;
      logFailure(this.context.log, connected.error);
      this.status(connected.error.message);
      return;
    }
    const stream = connected.value;
    if (signal.aborted) {
      stream.destroy();
      return;
    }
    this.stream = stream;
    // First the page makes itself ready, then come the first bytes.
    await this.post({ type: 'open', isReadOnly: host.connection.readOnly === true });
    stream.on('data', (data: Buffer) => void this.post({ type: 'data', data: new Uint8Array(data).buffer }));
    stream.on('error', (error) => this.context.log.warn(`Screen of ${this.guest.name}: ${error.message}`));
    stream.once('close', () => {
      if (this.stream === stream) void this.post({ type: 'closed' });
    });
  }

  /** Read on the host where we may, else asked for. It goes to the page only, and is kept nowhere. */
  private async sendPassword(): Promise<void> {
    const { host, uuid, name } = this.guest;
    const secret = host.connection.readOnly ? undefined : await host.run(domain.dumpXml(uuid, { secrets: true }));
    const known = secret?.ok ? vncPassword(secret.value) : undefined;
    const password =
      known ??
      (await vscode.window.showInputBox({
        title: vscode.l10n.t('Password of the screen of {0}', name),
        password: true,
        ignoreFocusOut: true,
      }));
    if (password === undefined) this.end();
    else await this.post({ type: 'password', password });
  }

  private tellState(state: unknown, detail: unknown): void {
    const { host, name } = this.guest;
    const place = `${name} · ${host.connection.name}`;
    if (state === 'connected') {
      const viewing = host.connection.readOnly ? vscode.l10n.t(' (watching only: the connection is read-only)') : '';
      this.status(`${place}${viewing}`);
    } else if (state === 'refused') this.status(vscode.l10n.t('{0} refused: {1}', place, String(detail)));
    else this.status(vscode.l10n.t('{0}: disconnected', place));
  }

  private status(text: string): void {
    void this.post({ type: 'status', text });
  }

  private post(message: unknown): Thenable<boolean> {
    return this.panel.webview.postMessage(message);
  }
}

function asBytes(data: unknown): Buffer {
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return data instanceof Uint8Array ? Buffer.from(data) : Buffer.alloc(0);
}

function body({ name }: Guest): string {
  const button = (id: string, text: string, more = ''): string =>
    `<button id="${id}"${more}>${escapeHtml(text)}</button>`;
  return `<div id="bar" role="toolbar" aria-label="${escapeHtml(name)}">
${button('ctrl-alt-del', 'Ctrl+Alt+Del')}
${button('scale', vscode.l10n.t('Fit'), ' aria-pressed="true"')}
${button('reconnect', vscode.l10n.t('Connect Again'))}
<span id="status" role="status"></span>
<span id="way-out">${escapeHtml(vscode.l10n.t('Ctrl+Alt+Esc leaves the screen'))}</span>
</div>
<div id="screen"></div>`;
}

const styles = `
html, body { height: 100%; margin: 0; padding: 0 }
body { display: flex; flex-direction: column }
#bar { display: flex; gap: 6px; align-items: center; padding: 4px 8px }
#way-out { margin-left: auto; color: var(--vscode-descriptionForeground) }
#screen { flex: 1; min-height: 0; overflow: hidden }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-contrastBorder, transparent); padding: 2px 8px; cursor: pointer }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder) }
`;
