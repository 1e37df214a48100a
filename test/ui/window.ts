/** A window with the packaged extension installed, as a user has it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packagedExtension } from '../support/packages.ts';
import { ROOT } from '../support/root.ts';
import { runServerCli, startServer } from '../support/vscode/server.mts';
import { pictureSettings, restrictedSettings, type Settings, seedSettings } from '../support/vscode/settings.mts';
import { launchBrowser, windowUrl } from '../support/vscode/window.mts';
import { Workbench } from '../support/vscode/workbench.mts';

const pictures = path.join(ROOT, 'test/out');

export interface InstalledWindow {
  readonly workbench: Workbench;
  /** A second window of the same user, on the same file. */
  another(): Promise<Workbench>;
  /** What the extension keeps for all windows of the user. */
  readonly storage: string;
  /** Leaves test/out/NAME.png. */
  picture(name: string): Promise<void>;
  /** The server's log, for messages of failed tests. */
  log(): string;
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly trust?: 'trusted' | 'restricted';
  /** A folder of the project. */
  readonly workspace?: string;
}

/** Packages and installs the extension, and opens a copy of a folder with one of its files. */
export async function openInstalledWindow(
  file: string,
  machineSettings: Settings,
  { trust = 'trusted', workspace = 'test/ui/workspace' }: WindowOptions = {},
): Promise<InstalledWindow> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ui-'));
  const inScratch = (name: string): string => path.join(scratch, name);
  const userDataDir = inScratch('user-data');
  const extensionsDir = inScratch('extensions');
  const folder = inScratch('guests');
  const logFile = inScratch('server.log');
  const vsix = packagedExtension(scratch);
  const profile = ['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  if ((await runServerCli([...profile, '--install-extension', vsix], 'ignore')) !== 0)
    throw new Error('VS Code refused the .vsix');
  cpSync(path.join(ROOT, workspace), folder, { recursive: true });
  seedSettings(userDataDir, trust === 'restricted' ? restrictedSettings : pictureSettings);
  seedSettings(userDataDir, machineSettings, 'Machine');
  const [server, browser] = await Promise.all([
    startServer({
      userDataDir,
      extensionsDir,
      tmpDir: inScratch('tmp'),
      logFile,
      workspaceTrust: trust === 'restricted',
    }),
    launchBrowser(),
  ]);
  const openPage = async (): Promise<Workbench> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
    const opened = new Workbench(page);
    await opened.open(windowUrl(server.authority, { folder, file: path.join(folder, file) }));
    return opened;
  };
  const workbench = await openPage();
  mkdirSync(pictures, { recursive: true });
  return {
    workbench,
    another: openPage,
    storage: path.join(userDataDir, 'User/globalStorage/virtlint.virtlint'),
    picture: async (name) => {
      await workbench.page.screenshot({
        path: path.join(pictures, `${name}.png`),
        animations: 'disabled',
        caret: 'initial',
      });
    },
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-3000) : ''),
    close: async () => {
      await Promise.allSettled([browser.close(), server.stop()]);
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
