/** Which VMs and hosts the view shows: those that all words of a text fit. */
import type { ConnectionMarks, DomainSituation } from '../../../virsh/src/index.ts';
import { stateText } from '../connections/states.ts';

export class HostsFilter {
  readonly text: string;
  readonly #words: readonly string[];

  constructor(text: string) {
    this.text = text.trim();
    this.#words = words(text);
  }

  get isEmpty(): boolean {
    return this.#words.length === 0;
  }

  /** The host itself is meant: by its name, group or label. All its VMs are shown then. */
  fitsHost({ name, group = '', label = '' }: ConnectionMarks): boolean {
    return this.#fits(`${name} ${group} ${label}`);
  }

  /** By its name, its state in words, or both. */
  fitsDomain({ name, state }: DomainSituation): boolean {
    return this.#fits(`${name} ${stateText(state)}`);
  }

  #fits(text: string): boolean {
    const lower = text.toLocaleLowerCase();
    return this.#words.every((word) => lower.includes(word));
  }
}

function words(text: string): readonly string[] {
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
