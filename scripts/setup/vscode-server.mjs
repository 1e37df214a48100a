// Installs a VS Code server (the one inside the npm package code-server) into .vscode-test/code-server: the browser edition
// of VS Code for `npm start` and for the tests, without a download from Microsoft. Its own post-install would build every
// native module and so want Kerberos headers; only two modules are built here, and what we never use is removed (616 → 252 MB).
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture, inProject, Obstacle, since, toolEnvironment } from '../project.mjs';
import { onPath } from './desktop.mjs';

const version = '4.139.1';
const folder = inProject('.vscode-test', 'code-server');
const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** What neither the tests nor `npm start` use: the AI agent runtime and build leftovers. */
const unused = [
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/sqlite3/deps',
  'node_modules/@vscode/spdlog/build/Release/obj.target',
  'node_modules/@vscode/native-watchdog/build/Release/obj.target',
];

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

async function step(what, cwd, args, env) {
  const { status, output } = await capture('npm', args, { cwd, env });
  if (status === 0) return;
  console.error(output.trimEnd());
  throw new Obstacle(
    `setup: the VS Code server's ${what} failed (see above); mend that and run this again: node scripts/setup.mjs`,
  );
}

/** Complete for this version and this Node: its native modules fit one module version only. */
async function stampName() {
  const { status, output } = await capture('node', ['-p', 'process.versions.modules']);
  if (status !== 0)
    throw new Obstacle('setup: no working Node in node_modules/.bin; run: npm install --no-save --force');
  return `.complete-${version}-${output.trim()}`;
}

export async function installVscodeServer() {
  const stamp = path.join(folder, await stampName());
  if (existsSync(stamp)) return;
  const missing = ['make', 'g++', 'python3'].filter((program) => !onPath(program));
  if (missing.length > 0) {
    console.log(
      `setup: no VS Code server without ${missing.join(', ')}: install that and run this again (what needs it is skipped until then)`,
    );
    return;
  }
  console.log('setup: installing a VS Code server into .vscode-test/code-server (250 MB) …');
  const start = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  // The headers of the Node that will run the server; a `nodedir` in the user's npm configuration may be another version's.
  const env = toolEnvironment({ npm_config_nodedir: headers() });
  await step('package', folder, ['install', '--ignore-scripts', ...quiet, `code-server@${version}`], env);
  // Not `npm ci`: the shrinkwrap that it ships lacks an entry. Not --omit=optional: the file watcher's binary is one.
  await step('modules', vscode, ['install', '--omit=dev', '--ignore-scripts', '--no-save', ...quiet], env);
  // Without spdlog output channels stay empty; without native-watchdog each start logs an error. The others come prebuilt.
  await step(
    'native modules',
    vscode,
    ['rebuild', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog'],
    env,
  );
  trim();
  writeFileSync(stamp, '');
  console.log(`setup: VS Code server installed in ${since(start)}`);
}

/** The folder with Node's headers inside the npm package `node`: a package for each platform carries binary and headers. */
function headers() {
  const platforms = inProject('node_modules', 'node', 'node_modules');
  const found = existsSync(platforms)
    ? readdirSync(platforms).find((name) => existsSync(path.join(platforms, name, 'include', 'node', 'node_version.h')))
    : undefined;
  if (!found) throw new Obstacle('setup: the npm package "node" is incomplete; run: npm install --no-save --force');
  return path.join(platforms, found);
}

function trim() {
  for (const part of unused) rmSync(path.join(vscode, part), { recursive: true, force: true });
  const terminals = path.join(vscode, 'node_modules', 'node-pty', 'prebuilds');
  if (existsSync(terminals)) {
    for (const platform of readdirSync(terminals)) {
      if (!platform.startsWith(`${process.platform}-`))
        rmSync(path.join(terminals, platform), { recursive: true, force: true });
    }
  }
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.map')) rmSync(path.join(folder, file), { force: true });
  }
}
