/** The screen of a guest: noVNC, whose data comes and goes through VS Code's messages instead of a network connection. */
import RFB from '@novnc/novnc';

const code = acquireVsCodeApi();
const screenPlace = element('screen');
const status = element('status');

/** Stands in for a WebSocket. */
class MessageChannelToHost {
  binaryType = 'arraybuffer';
  readonly protocol = '';
  readyState = 'open';
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  send(data: Uint8Array | ArrayBuffer): void {
    // noVNC goes on using the memory that it hands over.
    const bytes = data instanceof Uint8Array ? data.slice() : new Uint8Array(data.slice(0));
    code.postMessage({ type: 'data', data: bytes.buffer });
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    code.postMessage({ type: 'close' });
    this.onclose?.({ code: 1000, reason: '' });
  }

  /** The other end has closed. */
  end(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.onclose?.({ code: 1006, reason: '' });
  }
}

let channel: MessageChannelToHost | undefined;
let screen: RFB | undefined;

window.addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
  switch (field(message, 'type')) {
    case 'open':
      open(field(message, 'isReadOnly') === true);
      break;
    case 'data': {
      const data = field(message, 'data');
      if (data instanceof ArrayBuffer) channel?.onmessage?.({ data });
      else if (data instanceof Uint8Array) channel?.onmessage?.({ data: data.slice().buffer });
      break;
    }
    case 'password': {
      const password = field(message, 'password');
      if (typeof password === 'string') screen?.sendCredentials({ password });
      break;
    }
    case 'closed':
      channel?.end();
      break;
    case 'status': {
      const text = field(message, 'text');
      if (typeof text === 'string') status.textContent = text;
      break;
    }
  }
});

function open(isReadOnly: boolean): void {
  screen?.disconnect();
  screenPlace.replaceChildren();
  channel = new MessageChannelToHost();
  screen = new RFB(screenPlace, channel, { shared: true });
  screen.scaleViewport = true;
  screen.viewOnly = isReadOnly;
  screen.background = 'transparent';
  const tell = (state: string, detail = ''): void => code.postMessage({ type: 'state', state, detail });
  screen.addEventListener('connect', () => {
    tell('connected');
    screen?.focus();
  });
  screen.addEventListener('disconnect', () => tell('disconnected'));
  screen.addEventListener('credentialsrequired', () => code.postMessage({ type: 'credentials' }));
  screen.addEventListener('securityfailure', (event) => {
    const detail = event instanceof CustomEvent ? field(event.detail, 'reason') : '';
    tell('refused', typeof detail === 'string' ? detail : '');
  });
}

// noVNC takes every key. Ctrl+Alt+Escape leads out, once they have been let go: otherwise the guest would believe that they are still down.
let isLeaving = false;
window.addEventListener(
  'keydown',
  (event) => {
    if (!event.ctrlKey || !event.altKey || event.key !== 'Escape') return;
    isLeaving = true;
    event.stopImmediatePropagation();
    event.preventDefault();
  },
  { capture: true },
);
window.addEventListener(
  'keyup',
  (event) => {
    if (!isLeaving || event.ctrlKey || event.altKey) return;
    isLeaving = false;
    setTimeout(() => element('ctrl-alt-del').focus());
  },
  { capture: true },
);

element('reconnect').addEventListener('click', () => code.postMessage({ type: 'ready' }));
element('ctrl-alt-del').addEventListener('click', () => screen?.sendCtrlAltDel());
element('scale').addEventListener('click', (event) => {
  if (!screen || !(event.currentTarget instanceof Element)) return;
  screen.scaleViewport = !screen.scaleViewport;
  screen.clipViewport = !screen.scaleViewport;
  event.currentTarget.setAttribute('aria-pressed', String(screen.scaleViewport));
});
code.postMessage({ type: 'ready' });

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id} in the page`);
  return found;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
