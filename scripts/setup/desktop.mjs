// Finds a desktop VS Code.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The executable called `name` on PATH. @returns {string | undefined} */
export function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here: look in the next folder
    }
  }
  return undefined;
}

/**
 * A `code` or `codium` that can open a window here. In the terminal of a remote window `code` is another program,
 * which cannot load an extension under development; VSCODE_IPC_HOOK_CLI tells.
 */
export function desktopVscode() {
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  return onPath('code') ?? onPath('codium');
}
