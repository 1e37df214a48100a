/** The extension in a browser alone: all but hosts, with the files of the folder read through VS Code. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { packagedExtension } from '../support/packages.ts';
import { ROOT } from '../support/root.ts';
import { runServerCli, serverObstacle, startServer, type VscodeServer } from '../support/vscode/server.mts';
import { pictureSettings, seedSettings } from '../support/vscode/settings.mts';
import { addWebExtension, serveExtension, type WebExtension } from '../support/vscode/webExtension.mts';
import { browserObstacle, launchBrowser, windowUrl } from '../support/vscode/window.mts';
import { Workbench } from '../support/vscode/workbench.mts';

const skip = serverObstacle() ?? browserObstacle() ?? false;

describe('the extension in a browser', { skip }, () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'vl-web-'));
  const inScratch = (name: string): string => path.join(scratch, name);
  const folder = inScratch('guests');
  let browser: Browser | undefined;
  let server: VscodeServer | undefined;
  let extension: WebExtension | undefined;
  let workbench: Workbench | undefined;
  const use = (): Workbench => {
    assert.ok(workbench, 'the window is open');
    return workbench;
  };

  const raiseMissingAcpi = (severity: 'error' | 'off'): void =>
    writeFileSync(
      path.join(folder, '.virtlint.json'),
      JSON.stringify({ severity: { 'features/acpi-missing': severity } }),
    );
  const hasRead = (file: string): boolean => extension?.requested.includes(file) ?? false;
  const errors = async (count: number): Promise<void> => {
    const { squiggles, page } = use();
    for (let left = 100; left > 0 && (await squiggles.count()) !== count; left -= 1) await page.waitForTimeout(100);
    assert.equal(await squiggles.count(), count);
  };

  before(async () => {
    const installed = inScratch('installed');
    const profile = ['--user-data-dir', inScratch('unused'), '--extensions-dir', installed];
    await runServerCli([...profile, '--install-extension', packagedExtension(scratch)], 'ignore');
    const [name] = readdirSync(installed).filter((one) => one.startsWith('virtlint'));
    assert.ok(name, 'the package was unpacked');
    extension = await serveExtension(path.join(installed, name));
    cpSync(path.join(ROOT, 'test/ui/workspace'), folder, { recursive: true });
    raiseMissingAcpi('error');
    seedSettings(inScratch('user-data'), pictureSettings);
    const place = {
      userDataDir: inScratch('user-data'),
      extensionsDir: inScratch('extensions'),
      tmpDir: inScratch('tmp'),
    };
    [server, browser] = await Promise.all([
      startServer({ ...place, logFile: inScratch('server.log') }),
      launchBrowser(['--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets']),
    ]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
    await addWebExtension(page, server.authority, extension);
    workbench = new Workbench(page);
    await workbench.open(windowUrl(server.authority, { folder, file: path.join(folder, 'web01.xml') }));
  });
  afterEach(async (context) => {
    if ('passed' in context && !context.passed)
      await workbench?.page.screenshot({ path: path.join(ROOT, 'test/out/failure-browser.png') });
  });
  after(async () => {
    await Promise.allSettled([browser?.close(), server?.stop()]);
    extension?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('marks mistakes, by the project file beside the document', async () => {
    await errors(2);
    assert.ok(hasRead('dist/browser/server.js'));
    assert.ok(!hasRead('dist/client.js') && !hasRead('dist/server.js'), 'nothing for Node is loaded');
  });

  it('repairs one', async () => {
    const { page } = use();
    await use().goTo('cahce');
    await use().showQuickFixes();
    await page.keyboard.press('Enter');
    await errors(1);
  });

  it('shows a card, which is fetched only now', async () => {
    assert.ok(!hasRead('dist/texts/cards.json'));
    await use().goTo('cache=');
    await use().showHover('writethrough');
    assert.ok(hasRead('dist/texts/cards.json'));
    await use().page.keyboard.press('Escape');
  });

  it('completes', async () => {
    const { page } = use();
    await use().goTo('/>\n      <source');
    await page.keyboard.type(" discard='");
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'unmap' }).first().waitFor();
    await page.keyboard.press('Escape');
    await use().runCommand('File: Revert File');
    await errors(2);
  });

  it('hears of a change of the project file', async () => {
    raiseMissingAcpi('off');
    await errors(1);
  });

  it('opens the page of a rule', async () => {
    const { page, hover } = use();
    await use().goTo('cahce');
    await use().showHover('cahce');
    await hover.locator('a.code-link').first().click();
    await page.frameLocator('iframe.webview').frameLocator('iframe').locator('h1').waitFor();
    assert.ok(hasRead('dist/pages.json'));
  });

  it('says why there are no hosts, in their view and for their commands', async () => {
    const { page, notifications } = use();
    await use().runCommand('View: Show Libvirt');
    await page.locator('.welcome-view').getByText('which a browser cannot start').waitFor();
    await page.screenshot({ path: path.join(ROOT, 'test/out/17-browser.png') });
    await use().runCommand('Libvirt: Start');
    await notifications.filter({ hasText: 'which a browser cannot start' }).waitFor();
  });
});
