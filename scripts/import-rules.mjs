// Who may import whom, as data: what scripts/check-imports.mjs keeps.

/** Texts for people are said in every room. */
const words = 'server/src/l10n';

/**
 * A room is a folder (or a file) below the project; the first that fits a file is its room.
 * `may`: the rooms it may import, besides itself; `packages`: npm packages (and `vscode`); `node`: whether `node:*`.
 */
export const rooms = [
  { path: 'client/src/browser.ts', may: ['client/src'], packages: ['vscode'] },
  { path: 'client/src/browser', may: ['client/src'], packages: ['vscode', 'vscode-languageclient'] },
  // Whether a file is libvirt's is asked before a server is started: one function answers on both sides.
  {
    path: 'client/src',
    may: [
      'virsh/src',
      'server/src/domain/recognise.ts',
      'server/src/domain/sizes.ts',
      'server/src/domain/uuid.ts',
      'server/src/host',
      'server/src/newDomain/answers.ts',
      'server/src/xml',
      words,
    ],
    node: true,
    packages: ['vscode', 'vscode-languageclient'],
  },
  {
    path: 'virsh/src',
    may: [
      'server/src/xml',
      'server/src/host',
      'server/src/finding.ts',
      'server/src/domain/cpuset.ts',
      'server/src/domain/sizes.ts',
      'server/src/domain/uuid.ts',
      words,
    ],
    node: true,
    packages: ['diff', 'fast-xml-parser'],
  },
  // What a browser runs is also compiled without Node's types (tsconfig.browser.json), with all that it imports.
  { path: 'server/src/browser.ts', may: ['server/src', 'schemas'], packages: ['vscode-languageserver'] },
  { path: 'server/src/browser', may: [], packages: [] },
  { path: 'server/src/version.ts', may: ['package.json'], packages: [] },
  { path: 'server/src/main.ts', may: ['server/src', 'schemas'], node: true, packages: ['vscode-languageserver'] },
  { path: 'server/src/cli.ts', may: ['server/src', 'virsh/src', 'schemas'], node: true, packages: [] },
  {
    path: 'server/src/node',
    may: ['server/src', 'virsh/src', 'schemas'],
    node: true,
    packages: ['vscode-languageserver', 'diff', 'picomatch'],
  },
  { path: words, may: ['l10n'], packages: [] },
  { path: 'server/src/finding.ts', may: ['server/src/xml'], packages: [] },
  { path: 'server/src/xml', may: ['server/src/finding.ts', words], packages: [] },
  { path: 'server/src/grammar', may: ['server/src/xml', 'server/src/finding.ts', 'schemas', words], packages: [] },
  {
    path: 'server/src/domain',
    may: ['server/src/grammar', 'server/src/host', 'server/src/xml', 'server/src/finding.ts', 'schemas', words],
    packages: [],
  },
  { path: 'server/src/host', may: ['server/src/xml', words], packages: [] },
  {
    path: 'server/src/knowledge',
    may: [
      'snippets',
      'server/src/domain',
      'server/src/grammar',
      'server/src/xml',
      'server/src/finding.ts',
      'schemas',
      words,
    ],
    packages: [],
  },
  {
    path: 'server/src/rules',
    may: [
      'server/src/domain',
      'server/src/grammar',
      'server/src/host',
      'server/src/knowledge',
      'server/src/xml',
      'server/src/finding.ts',
      'schemas',
      words,
    ],
    packages: [],
  },
  {
    path: 'server/src/settings',
    may: [
      'server/src/domain/lintMetadata.ts',
      'server/src/domain/options.ts',
      'server/src/rules',
      'server/src/grammar',
      'server/src/xml',
      'server/src/finding.ts',
      'schemas',
      words,
    ],
    packages: ['jsonc-parser', 'picomatch'],
  },
  {
    path: 'server/src/refactorings',
    may: ['server/src/rules', 'server/src/domain', 'server/src/xml', 'server/src/finding.ts', words],
    packages: [],
  },
  {
    path: 'server/src/features',
    may: [
      'server/src/check.ts',
      'server/src/refactorings',
      'server/src/settings',
      'server/src/rules',
      'server/src/domain',
      'server/src/grammar',
      'server/src/host',
      'server/src/knowledge',
      'server/src/xml',
      'server/src/finding.ts',
      'schemas',
      words,
    ],
    packages: [],
  },
  {
    path: 'server/src/protocol',
    may: ['server/src', 'schemas'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  { path: 'server/src', may: ['server/src', 'schemas'], packages: [] },
];

/** Doors and their rims: whoever else imports them imports upwards. */
export const rims = [
  'server/src/main.ts',
  'server/src/cli.ts',
  'server/src/browser.ts',
  'server/src/browser',
  'server/src/protocol',
  'server/src/node',
];
