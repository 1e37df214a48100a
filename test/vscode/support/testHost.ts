/** A private libvirtd, configured as the only connection of the window. */
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { LibvirtDaemon } from '../../support/bed/libvirtDaemon.ts';

/** What the connection is called in the settings. */
export const connection = 'test host';

export class TestHost {
  readonly daemon: LibvirtDaemon;

  private constructor(daemon: LibvirtDaemon) {
    this.daemon = daemon;
  }

  static async start(): Promise<TestHost> {
    const host = new TestHost(await LibvirtDaemon.start());
    await configure([{ name: connection, uri: host.daemon.uri }]);
    return host;
  }

  /** What virsh says of this host, past the extension. */
  virsh(...args: string[]): string {
    return execFileSync('virsh', ['--quiet', '--connect', this.daemon.uri, ...args], { encoding: 'utf8' }).trim();
  }

  async stop(): Promise<void> {
    await configure(undefined);
    await this.daemon.stop();
  }
}

function configure(connections: readonly unknown[] | undefined): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('libvirt');
  return settings.update('connections', connections, vscode.ConfigurationTarget.Global);
}
