/**
 * A message of virsh 9.0, libvirt or OpenSSH in the C locale, and what to say instead. `{connection}` is the user's name for the connection,
 * `$1` the pattern's first group.
 */
import type { FailureKind } from './explain.ts';

export interface FailureEntry {
  /** Names of volumes and domains are printed too and may contain anything: what decides about cleaning up starts at a line's start. */
  readonly pattern: RegExp;
  readonly kind: FailureKind;
  readonly message: string;
}
