/**
 * An extension in the browser's own extension host, as vscode.dev runs it: its files come over HTTP from another origin, and what is open
 * lies on a file system that the extension reaches through VS Code only.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { Page } from 'playwright-core';

export interface WebExtension {
  /** The address of its folder. */
  readonly address: string;
  /** Paths below the folder that were asked for. */
  readonly requested: readonly string[];
  close(): void;
}

/** Serves an extension's folder on loopback to pages of any origin, as a marketplace does. */
export async function serveExtension(folder: string): Promise<WebExtension> {
  const requested: string[] = [];
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
    requested.push(wanted);
    const file = path.join(folder, wanted);
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (file.endsWith('.js')) response.setHeader('Content-Type', 'text/javascript');
    if (file.endsWith('.json')) response.setHeader('Content-Type', 'application/json');
    try {
      response.end(file.startsWith(folder) ? readFileSync(file) : '');
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('no port');
  return {
    address: `http://localhost:${place.port}/`,
    requested,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const configuration = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/** Puts an extension into the windows that a page will open: the server would offer what is installed on its own side only. */
export async function addWebExtension(page: Page, authority: string, { address }: WebExtension): Promise<void> {
  const { host } = new URL(address);
  await page.route(
    (url) => url.host === authority && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(configuration, (_whole, before: string, settings: string) => {
        const given: unknown = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        const developmentOptions = { extensions: [{ scheme: 'http', authority: host, path: '/' }] };
        const changed = JSON.stringify(Object.assign({}, given, { developmentOptions }));
        return `${before}${changed.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
      });
      // Of other origins the page trusts those with https only.
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers, body: html });
    },
  );
}
