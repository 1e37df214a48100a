// Packages for the tests what users install. usage: package.mjs [FOLDER]   (default: the folder that VIRTLINT_PACKAGES names)
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inProject, main, Obstacle, run } from './project.mjs';

await main(async () => {
  const folder = process.argv[2] ?? process.env.VIRTLINT_PACKAGES;
  if (!folder) throw new Obstacle('usage: package.mjs FOLDER');
  mkdirSync(folder, { recursive: true });
  const status = await run('npm', ['run', '--silent', 'package', '--', '--out', path.resolve(folder)]);
  // The build is that of the step before.
  return status || run('node', [inProject('scripts', 'npm-package.mjs'), folder]);
});
