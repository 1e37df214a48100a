/** The packages that users install. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.ts';

/** The packaged extension: that of `npm test`, which makes one for all suites, or one made now in the folder given. */
export function packagedExtension(folder: string): string {
  const packages = madePackages() ?? folder;
  if (packages === folder) runScript('package.mjs', folder);
  return fileIn(packages, '*.vsix');
}

/** The npm package, likewise; one made now has what the build has made. */
export function npmPackage(folder: string): string {
  const packages = madePackages() ?? folder;
  if (packages === folder) runScript('npm-package.mjs', folder);
  return fileIn(packages, '*.tgz');
}

function madePackages(): string | undefined {
  const made = process.env.VIRTLINT_PACKAGES;
  return made && existsSync(made) ? made : undefined;
}

function runScript(name: string, folder: string): void {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', name), folder], { encoding: 'utf8', stdio: 'pipe' });
}

function fileIn(folder: string, pattern: string): string {
  const [name] = globSync(pattern, { cwd: folder });
  if (!name) throw new Error(`no ${pattern} in ${folder}`);
  return path.join(folder, name);
}

const endRecord = 0x06054b50;
const entryRecord = 0x02014b50;

/** The names in a zip file, read from its central directory (APPNOTE 4.3.12 and 4.3.16; no zip64). */
export function zipEntries(file: string): string[] {
  const zip = readFileSync(file);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== endRecord) end -= 1;
  if (end < 0) throw new Error(`${file} is no zip file`);
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== entryRecord) throw new Error(`${file}: broken central directory`);
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
