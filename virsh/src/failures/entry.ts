/**
 * A message of virsh, libvirt, QEMU or OpenSSH in the C locale, and what to say instead. `{connection}` is the user's name for the connection,
 * `$1` the pattern's first group.
 */
import type { Phrase } from '../../../server/src/l10n/say.ts';
import type { FailureKind } from './explain.ts';

export interface FailureEntry {
  /** Names of volumes and domains are printed too and may contain anything: what decides about cleaning up starts at a line's start. */
  readonly pattern: RegExp;
  readonly kind: FailureKind;
  /** What it means and why it is so; then the way out. */
  readonly message: Phrase;
  /** What in the definition it is about. */
  readonly place?: FailurePlace;
}

/** Places in a definition, found by locate.ts. The strings are filled like the message. */
export type FailurePlace =
  | {
      /**
       * Paths below the root, of element names and with an attribute's name at the end: `devices/disk/source@file`. `*` is any name, `//` at the
       * start any depth, `@type` an attribute of the root, '' the root. The first that leads anywhere counts.
       */
      readonly at: readonly string[];
      /** Only where the attribute, or the element's own text, is this. */
      readonly value?: string;
    }
  /** A line of the text that was sent, from 1. */
  | { readonly line: string };
