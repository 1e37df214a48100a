/** The part of noVNC's API that we use: https://github.com/novnc/noVNC/blob/master/docs/API.md */
declare module '@novnc/novnc' {
  /** What a WebSocket and we have in common. */
  interface RawChannel {
    send(data: Uint8Array | ArrayBuffer): void;
    close(): void;
    binaryType: string;
    readonly protocol: string;
    readonly readyState: string;
    onopen: (() => void) | null;
    onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null;
    onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
    onerror: (() => void) | null;
  }

  export default class RFB extends EventTarget {
    constructor(target: Element, channel: RawChannel, options?: { readonly shared?: boolean });
    viewOnly: boolean;
    scaleViewport: boolean;
    clipViewport: boolean;
    background: string;
    sendCredentials(credentials: { readonly password?: string; readonly username?: string }): void;
    sendCtrlAltDel(): void;
    disconnect(): void;
    focus(): void;
  }
}
