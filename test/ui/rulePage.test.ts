/** The link behind a diagnostic's code, clicked where a user finds it: in the hover, in the message of F8, and in the Problems view. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? false;

describe('the page of a rule', { skip }, () => {
  let opened: InstalledWindow | undefined;
  const use = (): InstalledWindow => {
    assert.ok(opened, 'the window is open');
    return opened;
  };

  before(async () => {
    opened = await openInstalledWindow('web01.xml', {});
    await opened.workbench.squiggles.first().waitFor();
  });
  afterEach(async (context) => {
    const { workbench, picture } = use();
    if ('passed' in context && !context.passed) await picture('failure-page');
    await workbench.runCommand('View: Close Editor');
    await workbench.page.locator('.tab.active', { hasText: 'web01.xml' }).waitFor();
  });
  after(() => opened?.close());

  const page = (): Locator => use().workbench.page.locator('.tab.active', { hasText: /\.md$|^Preview/ });

  it('opens from the hover', async () => {
    const { workbench, picture } = use();
    await workbench.goTo('cahce');
    await workbench.showHover('cahce');
    await workbench.hover.locator('a.code-link').first().click();
    await page().waitFor();
    const content = workbench.page.frameLocator('iframe.webview').frameLocator('iframe').locator('h1');
    await content.waitFor();
    await picture('9-rule-page');
  });

  it('opens from the message that F8 shows', async () => {
    const { workbench } = use();
    await workbench.goTo('cahce');
    await workbench.page.keyboard.press('F8');
    await workbench.page.locator('.marker-widget a.code-link').first().click();
    await page().waitFor();
  });

  it('opens from the Problems view', async () => {
    const { workbench } = use();
    await workbench.page.keyboard.press('Control+Shift+M');
    await workbench.page.locator('.markers-panel').getByText('grammar/misspelt-attribute').first().click();
    await page().waitFor();
  });
});
