// Installs what the project needs and says what it does, a line a step. Runs with Node 20 in a clean clone.
// usage: setup.mjs [--for build|start|test]   (default: test, which needs the most)
import { main, Obstacle } from './project.mjs';
import { installDebianPackages } from './setup/debian.mjs';
import { desktopVscode } from './setup/desktop.mjs';
import { installNodeModules } from './setup/node-modules.mjs';
import { installVscodeServer } from './setup/vscode-server.mjs';

/** What each purpose needs: groups of steps that need nothing of each other; each is idempotent and quick when there is nothing to do. */
const steps = {
  build: [[installNodeModules]],
  start: desktopVscode()
    ? [[installNodeModules]]
    : [[installNodeModules, () => installDebianPackages('vscode-server')], [installVscodeServer]],
  test: [
    [installNodeModules, () => installDebianPackages('vscode-server', 'browser', 'libvirt', 'editors')],
    [installVscodeServer],
  ],
};

/** Runs the steps of a group beside each other. One that fails ends no other: a package manager must not be left half-way. */
async function runGroup(group) {
  const failed = (await Promise.allSettled(group.map((step) => step()))).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

await main(async () => {
  const at = process.argv.indexOf('--for');
  const purpose = at < 0 ? 'test' : (process.argv[at + 1] ?? '');
  const wanted = Object.hasOwn(steps, purpose) ? steps[purpose] : undefined;
  if (!wanted) throw new Obstacle(`setup: --for must be one of ${Object.keys(steps).join(', ')}`);
  for (const group of wanted) await runGroup(group);
});
