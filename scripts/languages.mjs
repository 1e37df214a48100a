// The languages besides English, and the part of their texts that the client says.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from './project.mjs';

export const languages = ['zh-cn'];

/** Rooms whose code the client's bundle holds. */
const ofClient = /^(client|virsh|common|server\/(domain|xml))\b/;

/** @returns {Record<string, string>} English text → translation, for `vscode.l10n` */
export function clientTranslations(language) {
  const folder = inProject('l10n', language);
  const files = globSync('**/*.json', { cwd: folder }).filter((file) => ofClient.test(file.split(path.sep).join('/')));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
}
