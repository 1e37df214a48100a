/** All sources that speak to people, and the texts in them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.ts';
import { type SourceText, textsOf } from './texts.ts';

/** Files whose literals are for machines: shell scripts, policies, JSON schemas, XML that is written, the values that tell one XML from another. */
const FOR_MACHINES = [
  'client/src/connections/logCommand.ts',
  'client/src/webview/page.ts',
  'server/src/domain/documentProofs.ts',
  'server/src/domain/elementOrder.ts',
  'server/src/host/facts.ts',
  'server/src/host/schema.ts',
  'server/src/newDomain/devices.ts',
  'server/src/newDomain/disks.ts',
  'server/src/newDomain/machine.ts',
  'server/src/newDomain/newDomain.ts',
  'server/src/settings/suppressions/write.ts',
  'virsh/src/events/watch.ts',
  'virsh/src/output/jobInfo.ts',
  'virsh/src/run/invocation.ts',
  'virsh/src/run/batch.ts',
  'virsh/src/run/terminal.ts',
  'virsh/src/tuning/script.ts',
];

export interface PlacedText extends SourceText {
  readonly file: string;
}

export interface Gathered {
  readonly texts: readonly PlacedText[];
  /** One line each: `file:line: what`. */
  readonly faults: readonly string[];
}

/** Reads client/, virsh/ and server/. */
export function gatherTexts(): Gathered {
  const read = globSync('{client,virsh,server}/src/**/*.ts', { cwd: ROOT })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .map((file) => ({ file, ...textsOf(file, readFileSync(path.join(ROOT, file), 'utf8')) }));
  return {
    texts: read.flatMap(({ file, texts }) => texts.map((text) => ({ file, ...text }))),
    faults: read
      .filter(({ file }) => !FOR_MACHINES.includes(file))
      .flatMap(({ file, faults }) => faults.map((fault) => `${file}:${fault}`)),
  };
}

/**
 * The part of the translations that a source's texts stand in: `client/hosts`, `virsh/failures`, `server/grammar`,
 * `server/rules/disk`.
 */
export function roomOf(file: string): string {
  const [side = '', , ...steps] = path.posix.dirname(file).split('/');
  return [side, ...steps.slice(0, steps[0] === 'rules' ? 2 : 1)].join('/');
}
