/** A TPM for VMs that are never started: what libvirt wants to hear before it takes the definition, and a state that it keeps for it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LibvirtDaemon } from './libvirtDaemon.ts';

export const emulatedTpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>";

/** Stands in for swtpm, which many machines do not have: it says what it could do, and does nothing. */
export function offerTpm({ programs }: LibvirtDaemon): void {
  for (const name of ['swtpm', 'swtpm_setup', 'swtpm_ioctl']) {
    const answer = JSON.stringify({ type: name, features: ['tpm-1.2', 'tpm-2.0'] });
    writeFileSync(path.join(programs, name), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  }
}

/** The file of a TPM's state, where libvirt has it made at a VM's first start. */
export function writeTpmState(bed: LibvirtDaemon, uuid: string): string {
  const states = path.join(bed.directory, 'config/libvirt/qemu/swtpm');
  const file = path.join(states, uuid, 'tpm2/tpm2-00.permall');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'keys');
  bed.giveToDaemon(states);
  return file;
}
