/** What shows a guest, as a user sees it: its screen, a picture of it, what it uses, and the question before it is forced off. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? requirements(...daemonPrograms);

describe('tabs that show a guest', { skip }, () => {
  let bed: LibvirtDaemon | undefined;
  let opened: InstalledWindow | undefined;

  before(async () => {
    bed = await LibvirtDaemon.start();
    const file = path.join(bed.directory, 'guest.xml');
    const devices = "<graphics type='vnc' autoport='yes' passwd='secret12'/><video><model type='vga'/></video>";
    writeFileSync(file, tinyDomain({ name: 'guest', disk: bed.makeImage('guest.qcow2'), devices }));
    virsh('define', file);
    virsh('start', 'guest');
    opened = await openInstalledWindow('web01.xml', { 'libvirt.connections': [{ name: 'lab', uri: bed.uri }] });
  });
  after(async () => {
    await opened?.close();
    await bed?.stop();
  });

  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['-q', '-c', bed?.uri ?? '', ...args], { encoding: 'utf8' });
  const use = (): InstalledWindow => opened ?? assert.fail('the window is open');
  const show = async (title: string): Promise<void> => {
    const { workbench } = use();
    await workbench.runCommand(`Libvirt: ${title}`);
    await workbench.choose('lab');
    await workbench.choose('guest');
  };
  /** The page of a webview: the frame in which something is found. */
  const frameWith = async (selector: string): Promise<Frame> => {
    const { page } = use().workbench;
    for (let left = 150; left > 0; left -= 1) {
      for (const frame of page.frames()) {
        const found = await frame.$(selector).catch(() => null);
        if (found) return frame;
      }
      await page.waitForTimeout(100);
    }
    return assert.fail(`no page with ${selector}; ${use().log()}`);
  };
  const close = async (): Promise<void> => {
    const { workbench } = use();
    await workbench.runCommand('View: Close Editor');
  };

  it('the screen: what the guest shows, after the password; the keyboard gets out of it', async () => {
    await show('Open Screen');
    const frame = await frameWith('#screen canvas');
    await waitFor('the screen', () =>
      frame.locator('#screen canvas').evaluate((canvas) => {
        if (canvas.width < 300) return false;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value: number, index: number) => index % 4 !== 3 && value > 60);
      }),
    );
    assert.match((await frame.textContent('#status')) ?? '', /^guest · lab$/);
    await use().picture('12-screen');
    // All keys are the guest's, but for these.
    await use().workbench.page.keyboard.press('Control+Alt+Escape');
    await frame.locator('#ctrl-alt-del:focus').waitFor();
    await close();
  });

  it('a picture of it', async () => {
    await show('Show Screenshot');
    const frame = await frameWith('#picture[src]');
    const picture = frame.locator('#picture');
    await waitFor('the picture', () => picture.evaluate((image) => image.naturalWidth >= 640));
    assert.match((await frame.textContent('#state')) ?? '', /^Taken at/);
    await use().picture('13-screenshot');
    await close();
  });

  it('what it uses: lines, and the same as text', async () => {
    await show('Show Use of the Host');
    const frame = await frameWith('#charts polyline');
    await use().workbench.page.waitForTimeout(6000);
    assert.equal(await frame.locator('#charts tbody tr').count(), 6);
    assert.match((await frame.textContent('#charts tbody tr')) ?? '', /CPU, busy\d/);
    await use().picture('14-use');
    await close();
  });

  it('it is forced off only after a question that names it and its host', async () => {
    const { workbench } = use();
    const { dialog, page } = workbench;
    await show('Force Off');
    await dialog.filter({ hasText: 'Force Off "guest" on "lab"?' }).waitFor();
    await use().picture('15-force-off');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(virsh('domstate', 'guest').trim(), 'running');
    await show('Force Off');
    await workbench.press('Force Off');
    await waitFor('the guest to be off', () => virsh('domstate', 'guest').trim() === 'shut off');
  });
});
