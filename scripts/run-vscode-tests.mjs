// Bundles test/vscode and runs it inside a real VS Code: the one that VSCODE_EXECUTABLE names, else the browser edition.
// usage: run-vscode-tests.mjs [PATH-PART...]   a path part picks the files whose path contains it
import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { serverObstacle } from '../test/support/vscode/server.mts';
import { quietSettings, seedSettings } from '../test/support/vscode/settings.mts';
import { browserObstacle } from '../test/support/vscode/window.mts';
import { common } from './bundle.mjs';
import { inProject, main, root } from './project.mjs';

const executable = process.env.VSCODE_EXECUTABLE || inProject('test', 'support', 'vscode', 'code.mts');

const parts = process.argv.slice(2);
const files = globSync('test/vscode/**/*.test.ts', { cwd: root }).filter(
  (file) => !parts.length || parts.some((part) => file.includes(part)),
);

/** The suite and its test files, for the extension host to load. */
async function bundleSuite() {
  const outdir = inProject('out', parts.length ? `vscode-${process.pid}` : 'vscode');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...common,
    absWorkingDir: root,
    entryPoints: ['test/vscode/suite.ts', ...files],
    outdir,
    outbase: 'test/vscode',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    outExtension: { '.js': '.cjs' },
    define: { 'process.env.VIRTLINT_ROOT': JSON.stringify(root) },
  });
  return path.join(outdir, 'suite.cjs');
}

/** Nothing here to run them in: every test is skipped, with the reason. */
function skipAll(reason) {
  console.log(`skipped: ${reason}`);
  if (process.env.VIRTLINT_SUMMARY) {
    const skipped = files.map((name) => ({ name, reason }));
    writeFileSync(process.env.VIRTLINT_SUMMARY, JSON.stringify({ passed: 0, failed: 0, skipped }));
  }
}

await main(async () => {
  const obstacle = process.env.VSCODE_EXECUTABLE ? undefined : (serverObstacle() ?? browserObstacle());
  if (obstacle) return skipAll(obstacle);
  const extensionTestsPath = await bundleSuite();
  // Fresh each time: a profile keeps what an earlier run wrote to the settings.
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'vl-'));
  const [workspace, userData, extensions] = ['workspace', 'user-data', 'extensions'].map((name) =>
    path.join(scratch, name),
  );
  cpSync(inProject('test', 'vscode', 'workspace'), workspace, { recursive: true });
  // Beside ours a stand-in for another XML extension, which does nothing until a test asks it to.
  cpSync(inProject('test', 'vscode', 'otherXml'), path.join(extensions, 'redhat.vscode-xml-0.0.0'), {
    recursive: true,
  });
  seedSettings(userData, { ...quietSettings, 'libvirt.xmlFeatures': 'on' });
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${extensions}`],
    });
    return 0;
  } catch (error) {
    console.error(String(error));
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    if (parts.length) rmSync(path.dirname(extensionTestsPath), { recursive: true, force: true });
  }
});
