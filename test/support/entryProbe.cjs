// Loads the extension's entry as an extension host does and activates it, beside one XML file that is not libvirt's; prints the processor's time for
// that in milliseconds. The editor's API is a stand-in that takes everything and does nothing: only our own code counts.
// usage: entryProbe.cjs ENTRY MANIFEST
const Module = require('node:module');
const { readFileSync } = require('node:fs');

const [entry, manifest] = process.argv.slice(2);
const anything = new Proxy(class {}, { get: () => anything, apply: () => anything, construct: () => ({}) });
const nothing = () => ({ dispose() {} });
const foreign = { languageId: 'xml', getText: () => '<project><modelVersion>4.0.0</modelVersion></project>' };
const editor = {
  workspace: {
    textDocuments: [foreign],
    onDidOpenTextDocument: nothing,
    onDidChangeTextDocument: nothing,
    registerFileSystemProvider: nothing,
    registerTextDocumentContentProvider: nothing,
  },
  window: { createTreeView: nothing },
  commands: { registerCommand: nothing },
  Disposable: { from: nothing },
  EventEmitter: class {
    event = nothing;
  },
  Range: class {},
};
const load = Module._load;
Module._load = (name, ...rest) =>
  name === 'vscode' ? new Proxy(editor, { get: (known, part) => known[part] ?? anything }) : load(name, ...rest);

const packageJSON = JSON.parse(readFileSync(manifest, 'utf8'));
const before = process.cpuUsage();
require(entry).activate({ extension: { packageJSON }, subscriptions: [] });
const { user, system } = process.cpuUsage(before);
if (Object.keys(require.cache).some((file) => file.endsWith('extension.js')))
  throw new Error('the rest was loaded, too');
console.log((user + system) / 1000);
