/** The flags of the desktop `code` executable that @vscode/test-electron passes, as far as they mean something to a server. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface Flags {
  readonly developmentPaths: readonly string[];
  readonly testsPath: string | undefined;
  readonly userDataDir: string | undefined;
  readonly extensionsDir: string | undefined;
  readonly disableExtensions: boolean;
  /** Folders, files and workspace files to open. */
  readonly paths: readonly string[];
  /** For the server itself. */
  readonly serverArguments: readonly string[];
  /** Something to do without a window, such as --install-extension. */
  readonly isCommandLine: boolean;
}

const commandLine = ['install-extension', 'uninstall-extension', 'list-extensions', 'version', 'help'];

const toPath = (value: string): string => (value.startsWith('file:') ? fileURLToPath(value) : path.resolve(value));

/** Flags that are not known are ignored: the desktop has many that mean nothing here. */
export function parseFlags(argv: readonly string[]): Flags {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      'folder-uri': { type: 'string', multiple: true },
      'file-uri': { type: 'string', multiple: true },
      log: { type: 'string' },
    },
  });
  const all = (name: string): string[] => [values[name]].flat().filter((value) => typeof value === 'string');
  const last = (name: string): string | undefined => all(name).map(toPath).at(-1);
  return {
    developmentPaths: all('extensionDevelopmentPath').map(toPath),
    testsPath: last('extensionTestsPath'),
    userDataDir: last('user-data-dir'),
    extensionsDir: last('extensions-dir'),
    disableExtensions: values['disable-extensions'] !== undefined,
    paths: [...all('folder-uri'), ...all('file-uri'), ...positionals].map(toPath),
    serverArguments: all('log').flatMap((level) => ['--log', level]),
    isCommandLine: commandLine.some((name) => values[name] !== undefined),
  };
}
