/**
 * A refactoring: a change to the guest's machine that is right in itself and has consequences outside of the document.
 * One is a module `<name>.ts` with its page `<name>.md` beside it; the page's examples are its tests.
 */
import type { Domain } from '../domain/domain.ts';
import type { TextEdit } from '../finding.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface Refactoring {
  /** The page that explains it, without `.md`. */
  readonly page: string;
  /** Starts with a verb: "Change the firmware to UEFI". */
  readonly title: string;
  /** What follows for the guest, its boot, the host and migration: a sentence each, read before anything is changed. */
  readonly consequences: readonly string[];
  /** They do not overlap. */
  readonly edits: readonly TextEdit[];
}

/**
 * What a refactoring offers where the cursor stands: nothing where it does not apply, or would change nothing.
 * @param at the elements that the cursor stands in, from the innermost to the root's child
 */
export type OfferRefactoring = (domain: Domain, at: readonly XmlElement[]) => Refactoring[];

/** The element of a name that the cursor stands in. */
export function around(at: readonly XmlElement[], name: string): XmlElement | undefined {
  return at.find((element) => element.name === name);
}
