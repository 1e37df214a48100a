/** libvirt's own test domains, where they lie beside the repository: for measuring, never part of it. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ValidDomain, validDomain } from './injections.ts';
import { ROOT } from './root.ts';

const folder = path.join(process.env.VIRTLINT_SHARED ?? path.join(ROOT, '..', 'shared'), 'corpus/libvirt/accepted');

/** False where the corpus is there; else why a test that needs it is skipped. */
export const withoutCorpus: false | string = existsSync(folder) ? false : `no corpus at ${folder}`;

/** The valid domains of a folder, in the order of their names. */
export function validDomains(from: string = folder): ValidDomain[] {
  return globSync('*.xml', { cwd: from })
    .sort()
    .flatMap((file) => validDomain(file, readFileSync(path.join(from, file), 'utf8')) ?? []);
}
