/** Finding a program the safe way: never in the current directory, which may be a stranger's repository. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../../server/src/l10n/say.ts';
import { failure, type Result, success } from '../result.ts';

export interface SearchPlace {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The absolute path of a program, given by plain name (searched on the PATH) or absolute path. The error is one sentence. */
export function findExecutable(program: string, place: SearchPlace): Result<string, string> {
  const paths = place.platform === 'win32' ? path.win32 : path.posix;
  if (paths.isAbsolute(program)) {
    return isExecutable(program) ? success(program) : failure(say`There is no program ${program}.`);
  }
  if (program === '' || paths.basename(program) !== program) {
    return failure(say`"${program}" must be a plain program name or an absolute path.`);
  }
  const names =
    place.platform === 'win32' && !/\.(exe|com)$/i.test(program) ? [`${program}.exe`, `${program}.com`] : [program];
  for (const folder of searchPath(place).split(paths.delimiter)) {
    // An empty or relative entry means the current directory.
    if (!paths.isAbsolute(folder)) continue;
    for (const name of names) {
      const candidate = paths.join(folder, name);
      if (isExecutable(candidate)) return success(candidate);
    }
  }
  return failure(say`The program ${program} is not on the PATH.`);
}

function searchPath({ environment }: SearchPlace): string {
  // Windows spells it Path, and does not mind the case.
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
  return (key === undefined ? undefined : environment[key]) ?? '';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
