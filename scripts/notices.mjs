// THIRD-PARTY-NOTICES: the npm packages whose code is in the bundles, each with its licence. Taken from what esbuild says it has bundled.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject, Obstacle } from './project.mjs';

/** Licences that allow to pass the code on with their text beside it. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'MPL-2.0'];

const rule = '-'.repeat(80);

/** @returns {string[]} folders of the packages that bundles were made of, sorted */
function packageFolders(metafiles) {
  const folders = new Set();
  for (const file of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [];
    if (folder) folders.add(folder);
  }
  return [...folders].sort();
}

/** @returns {string | undefined} of a package that says MIT and nothing more, the words of that licence */
function licenceText(place, license, author) {
  const file = readdirSync(place).find((one) => /^licen[cs]e/i.test(one));
  if (file) return readFileSync(path.join(place, file), 'utf8').replaceAll('\r\n', '\n').trim();
  const ours = readFileSync(inProject('LICENSE'), 'utf8').trim();
  return license === 'MIT' ? ours.replace(/^Copyright .*$/m, `Copyright (c) ${author.name ?? author}`) : undefined;
}

/** One package's name, version, home and licence text. */
function notice(folder) {
  const place = inProject(folder);
  const { name, version, license, homepage, author } = JSON.parse(
    readFileSync(path.join(place, 'package.json'), 'utf8'),
  );
  if (!allowed.includes(license))
    throw new Obstacle(`build: ${name} ${version} is licensed ${license}: ${allowed.join(', ')} may be bundled`);
  const text = licenceText(place, license, author ?? name);
  if (!text) throw new Obstacle(`build: ${name} ${version} has no file with its licence`);
  return [`${name} ${version} (${license})`, homepage, '', text].filter((line) => line !== undefined).join('\n');
}

/** @param {import('esbuild').Metafile[]} metafiles of the bundles */
export function thirdPartyNotices(metafiles) {
  const packages = packageFolders(metafiles).map(notice);
  const head = 'virtlint contains code of these packages, each under its own licence.\n';
  return `${[head, ...packages].join(`\n${rule}\n\n`)}\n`;
}
