// Serves VS Code with the packaged extension on loopback until Ctrl+C. Called by start.mjs; needs Node 24.
// The extension is installed from its .vsix: a window that loads an extension under development shows no notifications.
// usage: start-browser.mjs [FILE]
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runServerCli, serverObstacle, startServer } from '../test/support/vscode/server.mts';
import { quietSettings, seedSettings } from '../test/support/vscode/settings.mts';
import { windowUrl } from '../test/support/vscode/window.mts';
import { capture, inProject, main, Obstacle } from './project.mjs';
import { onPath } from './setup/desktop.mjs';

const folder = inProject('.vscode-test', 'start');
const profile = { userDataDir: path.join(folder, 'user-data'), extensionsDir: path.join(folder, 'extensions') };

async function installExtension() {
  const vsix = path.join(folder, 'virtlint.vsix');
  const packed = await capture('vsce', ['package', '--no-dependencies', '-o', vsix]);
  if (packed.status !== 0) throw new Obstacle(`start: the extension could not be packaged:\n${packed.output}`);
  const options = ['--user-data-dir', profile.userDataDir, '--extensions-dir', profile.extensionsDir];
  if ((await runServerCli([...options, '--install-extension', vsix, '--force'], 'ignore')) !== 0) {
    throw new Obstacle(`start: VS Code refused the extension; remove ${folder} and run this again`);
  }
}

/** Only on a desktop; elsewhere the user opens the URL, perhaps through a tunnel. */
function openInBrowser(url) {
  const opener = process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? onPath('xdg-open') : undefined;
  if (opener) spawn(opener, [url], { stdio: 'ignore', detached: true }).unref();
}

await main(async () => {
  const obstacle = serverObstacle();
  if (obstacle) throw new Obstacle(`start: ${obstacle}; a desktop VS Code on the PATH would do as well`);
  mkdirSync(folder, { recursive: true });
  seedSettings(profile.userDataDir, quietSettings);
  await installExtension();
  const token = randomBytes(16).toString('hex'); // other users of this machine have loopback as well
  const server = await startServer({
    ...profile,
    tmpDir: path.join(folder, 'tmp'),
    logFile: path.join(folder, 'server.log'),
    token,
  });
  const url = windowUrl(server.authority, { folder: inProject('examples'), file: process.argv[2], token });
  console.log(`\nVS Code with virtlint is at\n\n  ${url}\n\nEnd with Ctrl+C.`);
  openInBrowser(url);
  const stopped = await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(true));
    server.gone.then(() => resolve(false));
  });
  await server.stop();
  if (!stopped) throw new Obstacle(`start: the VS Code server ended by itself; see ${path.join(folder, 'server.log')}`);
});
