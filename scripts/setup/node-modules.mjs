// Installs the npm packages that the lock file names, unless they are there.
import { existsSync, readFileSync } from 'node:fs';
import { inProject, Obstacle, run, since } from '../project.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm keeps a lock file of what it installed: compare the two, so that a package more or a newer one is noticed. */
function upToDate() {
  const installedLock = inProject('node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const installed = packagesOf(installedLock);
  return Object.entries(packagesOf(inProject('package-lock.json'))).every(
    ([folder, wanted]) => folder === '' || wanted.optional || installed[folder]?.version === wanted.version,
  );
}

/**
 * The versions of the lock file, which is left as it is. Not `npm ci`: that refuses a lock file made within reach of a registry
 * which has no binaries for other platforms.
 */
export async function installNodeModules() {
  if (upToDate()) return;
  console.log('setup: installing the npm packages of package-lock.json (500 MB) …');
  const start = performance.now();
  const status = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    throw new Obstacle('setup: npm install failed (see above); with a registry within reach, run this again');
  }
  console.log(`setup: npm packages installed in ${since(start)}`);
}
