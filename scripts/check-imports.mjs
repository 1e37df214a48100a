// Keeps the rules of scripts/import-rules.mjs: who may import whom.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rims, rooms } from './import-rules.mjs';
import { inProject } from './project.mjs';

const isIn = (file, place) => file === place || file.startsWith(`${place}/`);
const roomOf = (file) => rooms.find((room) => isIn(file, room.path));
const importForm =
  /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s*'([^']+)'|(?:^|[\s;])import\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;

/** @returns {string[]} what the file imports, as written */
function importsOf(text) {
  return [...text.matchAll(importForm)].map((match) => match[1] ?? match[2] ?? match[3]);
}

/** Why the file may not import this, or undefined. */
function objection(file, room, wanted) {
  const specifier = wanted.replace(/^(text|folder|lazy):/, '');
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    if (rims.some((rim) => isIn(target, rim)) && !rims.some((rim) => isIn(file, rim))) return 'upwards';
    return [room.path, ...room.may].some((place) => isIn(target, place))
      ? undefined
      : `outside of what ${room.path} may see`;
  }
  if (specifier.startsWith('node:')) return room.node ? undefined : `${room.path} must run in a browser`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return room.packages.includes(name) ? undefined : `${room.path} does without this package`;
}

/** @returns {string[]} one line for every import that breaks a rule */
export function checkImports() {
  return globSync('{client,server,virsh}/src/**/*.ts', { cwd: inProject() })
    .map((file) => file.split(path.sep).join('/'))
    .flatMap((file) => {
      const room = roomOf(file);
      if (!room) return [`${file}: in no room of scripts/import-rules.mjs`];
      return importsOf(readFileSync(inProject(file), 'utf8')).flatMap((wanted) => {
        const why = objection(file, room, wanted);
        return why ? [`${file}: imports '${wanted}' (${why})`] : [];
      });
    });
}
