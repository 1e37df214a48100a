/** A VM `web` on a private libvirtd, whose XML is a document of the window: defined anew before each test. */
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach } from 'mocha';
import * as vscode from 'vscode';
import type { LibvirtDaemon } from '../../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../../support/bed/requirements.ts';
import { tinyDomain } from '../../support/bed/tinyGuest.ts';
import { closeAll, open, workspaceFile } from './editor.ts';
import { skipFor } from './skip.ts';
import { connection, TestHost } from './testHost.ts';

/** Of the VM. */
export const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';

interface HostedDomain {
  daemon(): LibvirtDaemon;
  virsh(...args: string[]): string;
  /** What the host has, with its password. */
  stored(): string;
  domainWith(head?: string, name?: string): string;
  /** Past the extension, as somebody else would. */
  define(xml: string): void;
  openWeb(which?: string): Thenable<vscode.TextDocument>;
  /** The files in which its former definitions are kept, the oldest first. */
  backups(): string[];
}

/** Prepares the tests of the `describe` that calls it. Definitions are previewed where a test asks for it. */
export function hostedDomain(): HostedDomain {
  let host: TestHost | undefined;
  const daemon = (): LibvirtDaemon => {
    if (!host) throw new Error('the host has been started');
    return host.daemon;
  };
  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const domainWith = (head = '', name = 'web'): string =>
    tinyDomain({
      name,
      uuid,
      disk: path.join(daemon().images, 'none.qcow2'),
      head: `<description>first</description>${head}`,
      devices: "<graphics type='vnc' port='-1' autoport='yes' passwd='secret7'/>",
    });
  const define = (xml: string): void => {
    const file = path.join(daemon().directory, 'other.xml');
    writeFileSync(file, xml);
    virsh('define', file);
  };
  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
  });
  beforeEach(async () => {
    await setPreview('never');
    define(domainWith());
  });
  afterEach(closeAll);
  after(async () => {
    await setPreview(undefined);
    await host?.stop();
  });
  return {
    daemon,
    virsh,
    stored: () => virsh('dumpxml', '--inactive', '--security-info', uuid),
    domainWith,
    define,
    openWeb: (which = 'definition') =>
      vscode.commands.executeCommand('libvirt.openDomainXml', { connection, domain: 'web', which }),
    backups: () =>
      globSync(
        `${workspaceFile('.').fsPath}/../user-data/User/globalStorage/virtlint.virtlint/backups/test%20host/${uuid}/*.xml`,
      ).sort(),
  };
}

export function setPreview(value: string | undefined): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('libvirt');
  return settings.update('define.preview', value, vscode.ConfigurationTarget.Global);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Leaves a document and comes back to it after a while: then the host is asked what it has. */
export async function lookAgain(document: vscode.TextDocument): Promise<void> {
  await pause(2100);
  await open('small.xml');
  await vscode.window.showTextDocument(document);
  await pause(1000);
}
