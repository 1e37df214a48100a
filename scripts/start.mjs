// `npm start [-- FILE.xml]`: sets up, builds, and opens VS Code with the extension on examples/. Runs with Node 20 in a clean clone.
import { statSync } from 'node:fs';
import path from 'node:path';
import { inProject, main, Obstacle, root, run } from './project.mjs';
import { desktopVscode } from './setup/desktop.mjs';

/** The file to open, relative to where npm was called. */
function fileToOpen() {
  const [file] = process.argv.slice(2);
  if (file === undefined) return undefined;
  const full = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) throw new Obstacle(`start: no such file: ${full}`);
  return full;
}

/** A profile of its own: as root VS Code insists on one, and the user's other extensions would disturb the view. */
function openDesktop(executable, file) {
  console.log(`start: opening ${executable}`);
  const profile = inProject('.vscode-test', 'desktop');
  return run(executable, [
    '--new-window',
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${path.join(profile, 'user-data')}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    inProject('examples'),
    ...(file ? [file] : []),
  ]);
}

await main(async () => {
  const file = fileToOpen();
  for (const script of [['setup.mjs', '--for', 'start'], ['build.mjs']]) {
    const [name, ...args] = script;
    const status = await run('node', [inProject('scripts', name), ...args]);
    if (status !== 0) return status;
  }
  const desktop = desktopVscode();
  if (desktop) return openDesktop(desktop, file);
  // Node 24 comes with the npm packages: a child has it, this process need not.
  return run('node', [inProject('scripts', 'start-browser.mjs'), ...(file ? [file] : [])]);
});
