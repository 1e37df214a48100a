/** From settings to what is known of the host. What cannot be had is told once. */
import type { HostLayout } from '../domain/hostLayout.ts';
import type { RefactoringFacts } from '../refactorings/refactoring.ts';
import type { Settings } from './settings.ts';

/** Reads a file of capabilities; how it is read is the door's affair. */
export type OpenHostLayout = (
  file: string,
) => { readonly ok: true; readonly layout: HostLayout } | { readonly ok: false; readonly problem: string };

export class HostSettings {
  readonly #open: OpenHostLayout;
  readonly #tell: (message: string) => void;
  readonly #told = new Set<string>();

  /** @param tell shows a message to the user */
  constructor(open: OpenHostLayout, tell: (message: string) => void) {
    this.#open = open;
    this.#tell = tell;
  }

  facts({ hostCapabilities }: Settings): RefactoringFacts {
    if (hostCapabilities === undefined) return {};
    const opened = this.#open(hostCapabilities);
    if (opened.ok) return { hostLayout: opened.layout };
    const message = `libvirt.hostCapabilities: ${opened.problem}.`;
    if (!this.#told.has(message)) this.#tell(message);
    this.#told.add(message);
    return {};
  }
}
