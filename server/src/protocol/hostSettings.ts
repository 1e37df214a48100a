/** From settings to what is known of the host. What cannot be had is told once. */
import type { HostLayout } from '../domain/hostLayout.ts';
import { say } from '../l10n/say.ts';
import type { RefactoringFacts } from '../refactorings/refactoring.ts';
import type { Settings } from './settings.ts';
import { tellOnce } from './tellOnce.ts';

/** Reads a file of capabilities; how it is read is the door's affair. */
export type OpenHostLayout = (
  file: string,
) => { readonly ok: true; readonly layout: HostLayout } | { readonly ok: false; readonly problem: string };

export class HostSettings {
  readonly #open: OpenHostLayout;
  readonly #tell: (message: string) => void;

  /** @param tell shows a message to the user */
  constructor(open: OpenHostLayout, tell: (message: string) => void) {
    this.#open = open;
    this.#tell = tellOnce(tell);
  }

  facts({ hostCapabilities }: Settings): RefactoringFacts {
    if (hostCapabilities === undefined) return {};
    const opened = this.#open(hostCapabilities);
    if (opened.ok) return { hostLayout: opened.layout };
    this.#tell(say`libvirt.hostCapabilities: ${opened.problem}.`);
    return {};
  }
}
