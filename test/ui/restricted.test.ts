/** In a window that does not trust its folder the language works in full, and no command starts a program. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { waitFor } from '../support/bed/scratch.ts';
import { serverObstacle } from '../support/vscode/server.mts';
import { browserObstacle } from '../support/vscode/window.mts';
import { type InstalledWindow, openInstalledWindow } from './window.ts';

const skip = serverObstacle() ?? browserObstacle() ?? false;

describe('a folder that is not trusted', { skip }, () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'vl-'));
  const trace = path.join(scratch, 'executed');
  let opened: InstalledWindow | undefined;
  const use = (): InstalledWindow => {
    assert.ok(opened, 'the window is open');
    return opened;
  };

  before(async () => {
    // Stands for virsh and leaves a trace: a real one would not show that it was started.
    const virsh = path.join(scratch, 'virsh');
    writeFileSync(virsh, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
    const connections = [{ name: 'host', uri: 'test:///default' }];
    opened = await openInstalledWindow(
      'web01.xml',
      { 'libvirt.connections': connections, 'libvirt.virshPath': virsh },
      { trust: 'restricted' },
    );
  });
  after(async () => {
    await opened?.close();
    rmSync(scratch, { recursive: true });
  });

  it('still has its mistakes marked', async () => {
    await use().workbench.squiggles.first().waitFor();
  });

  it('has its commands refused, with the way to trust it', async () => {
    const { workbench, picture } = use();
    await workbench.runCommand('Libvirt: Start');
    await workbench.notifications.filter({ hasText: 'out of reach until this workspace is trusted' }).waitFor();
    await picture('10-restricted');
    assert.equal(existsSync(trace), false);
  });

  it('shows in the place of the hosts why there are none', async () => {
    const { workbench, picture } = use();
    await workbench.runCommand('View: Show Libvirt');
    await workbench.page.locator('.welcome-view').getByText('VMs are out of reach until').waitFor();
    await picture('15-restricted-hosts');
    assert.equal(existsSync(trace), false);
  });

  it('has them carried out once it is trusted', async () => {
    const { workbench } = use();
    // Asked anew: the notification of before may have hidden itself by now.
    await workbench.runCommand('Libvirt: Start');
    await workbench.press('Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.runCommand('Libvirt: Start');
    await workbench.choose('host');
    await waitFor('virsh to be started', () => existsSync(trace));
  });
});
