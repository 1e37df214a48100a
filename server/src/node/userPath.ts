import os from 'node:os';

/** A path as users write it in settings: `~/` is their home. */
export function userPath(given: string): string {
  return given.replace(/^~(?=[\\/]|$)/, () => os.homedir());
}
