/** A window of the VS Code server: its URL, and the headless Chromium that shows it in tests. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browserPath = (): string | undefined => process.env.CHROMIUM ?? browsers.find((file) => existsSync(file));

/** Why no window can be opened here, or undefined. */
export function browserObstacle(): string | undefined {
  return browserPath() ? undefined : 'no Chromium is installed (node scripts/setup.mjs; or name one in $CHROMIUM)';
}

/** @param flags of Chromium, besides those that every window has */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox', // root has none; the only page is our own
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
}

export interface WindowContent {
  readonly folder?: string | undefined;
  readonly workspace?: string | undefined;
  readonly file?: string | undefined;
  /** What desktop VS Code takes as flags, for example `['extensionDevelopmentPath', uri]`. */
  readonly payload?: readonly (readonly [string, string])[];
  readonly token?: string;
}

/** A path of this machine as the window of a server names it. */
export const remoteUri = (authority: string, file: string): string => `vscode-remote://${authority}${encodeURI(file)}`;

export function windowUrl(authority: string, { folder, workspace, file, payload = [], token }: WindowContent): string {
  const url = new URL(`http://${authority}/`);
  if (token) url.searchParams.set('tkn', token);
  if (workspace) url.searchParams.set('workspace', workspace);
  else if (folder) url.searchParams.set('folder', folder);
  else url.searchParams.set('ew', 'true'); // an empty window
  const openFile = file ? [['openFile', remoteUri(authority, file)]] : [];
  url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ...payload, ...openFile]));
  return url.href;
}
