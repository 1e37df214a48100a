/** Nothing changes before the answer, and nothing that somebody else wrote is lost: one window that asks, and two that save the same VM. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import type { Workbench } from '../support/vscode/workbench.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? requirements(...daemonPrograms);

describe('what is asked first', { skip }, () => {
  let bed: LibvirtDaemon;
  let opened: InstalledWindow;
  before(async () => {
    bed = await LibvirtDaemon.start();
    const file = path.join(bed.directory, 'web.xml');
    const head = '<title>one</title><description>first</description>';
    writeFileSync(file, tinyDomain({ name: 'web', disk: bed.makeImage('web.qcow2'), head }));
    virsh('define', file);
    opened = await openInstalledWindow('web01.xml', {
      'libvirt.connections': [{ name: 'lab', uri: bed.uri }],
      'libvirt.define.preview': 'never',
    });
  });
  after(async () => {
    await opened?.close();
    await bed?.stop();
  });

  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['-q', '-c', bed.uri, ...args], { encoding: 'utf8' });
  const stored = (): string => virsh('dumpxml', '--inactive', 'web');
  const line = ({ page }: Workbench, text: string): Locator =>
    page.locator('.editor-instance .view-line').filter({ hasText: text });

  it('a refactoring: no leaves the text, yes edits it', async () => {
    const { workbench, picture } = opened;
    const { page, dialog } = workbench;
    const refactor = async (): Promise<void> => {
      await workbench.goTo("machine='pc'");
      await workbench.ask(workbench.quickFixes, () => page.keyboard.press('Control+Shift+R'));
      await workbench.quickFixes.filter({ hasText: 'q35' }).first().click();
      await dialog.filter({ hasText: 'q35' }).waitFor();
    };
    await refactor();
    await picture('19-refactoring');
    assert.match((await dialog.textContent()) ?? '', /•/, 'what follows is said');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await line(workbench, "machine='pc'").waitFor();
    assert.equal(await page.locator('.tab.active.dirty').count(), 0);
    await refactor();
    await workbench.press('Apply');
    await line(workbench, 'q35').first().waitFor();
    await page.locator('.tab.active.dirty').waitFor();
  });

  it('saving what another window has saved meanwhile: both edits are there', async () => {
    const second = await opened.another();
    const windows = [opened.workbench, second] as const;
    for (const window of windows) {
      await window.runCommand("Libvirt: Open VM's XML from Host");
      await window.choose('lab');
      await window.choose('web');
      await line(window, '<title>').waitFor();
    }
    const [first] = windows;
    await write(first, 'one</title>', 'A');
    await write(second, 'first</desc', 'B');
    await first.page.keyboard.press('Control+S');
    await waitFor('the first to be defined', () => /<title>Aone</.test(stored()));
    await second.page.keyboard.press('Control+S');
    await second.choices.filter({ hasText: 'Replace' }).waitFor();
    assert.match(stored(), /<description>first</, 'nothing is replaced before the answer');
    await sayYes(second);
    await waitFor('both edits', () => /<title>Aone<[\s\S]*<description>Bfirst</.test(stored()));
    await line(second, 'Aone').waitFor();

    // At the same moment, the first without having seen what the second wrote: who comes second sees the other.
    await write(first, 'Aone</title>', 'C');
    await write(second, 'Bfirst</desc', 'D');
    await Promise.all(windows.map(({ page }) => page.keyboard.press('Control+S')));
    await waitFor(
      'both to be defined',
      async () => {
        for (const window of windows)
          if (await window.choices.filter({ hasText: 'Replace' }).isVisible()) await sayYes(window);
        return /<title>CAone<[\s\S]*<description>DBfirst</.test(stored());
      },
      30,
    );
    const [dirty, alsoDirty] = windows.map(({ page }) => page.locator('.tab.active.dirty'));
    await Promise.all([dirty?.waitFor({ state: 'detached' }), alsoDirty?.waitFor({ state: 'detached' })]);
    // Each of the four has kept what it replaced, and the last one what the other wrote at the same moment.
    const kept = globSync(path.join(opened.storage, 'backups/lab/*/*.xml')).map((file) => readFileSync(file, 'utf8'));
    const titles = kept.map((xml) => /<title>(.*)<\/title>\s*<description>(.*)<\/desc/.exec(xml)?.slice(1).join());
    for (const title of ['one,first', 'Aone,first', 'Aone,Bfirst'])
      assert.ok(titles.includes(title), titles.join('; '));
    assert.ok(titles.includes('CAone,Bfirst') || titles.includes('Aone,DBfirst'), titles.join('; '));
  });
});

/** The second answer of the question, by keyboard: its tooltip may lie over the answers. */
async function sayYes({ page, choices }: Workbench): Promise<void> {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  // A key more would be typed into the document.
  await choices.first().waitFor({ state: 'hidden' });
}

/** Types before the first occurrence of a text. */
async function write(window: Workbench, before: string, text: string): Promise<void> {
  await window.goTo(before);
  await window.page.keyboard.type(text);
}
