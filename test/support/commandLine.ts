/** The built command line, run in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './root.ts';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class CommandLine {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-cli-'));

  /** Makes a file, and the folders that it is in. */
  write(name: string, content: string | Buffer): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(name: string): string {
    return this.bytes(name).toString('utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(path.join(this.folder, name));
  }

  run(args: readonly string[], input?: string): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], {
      encoding: 'utf8',
      cwd: this.folder,
      maxBuffer: 1 << 28,
      ...(input !== undefined && { input }),
    });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A domain of libvirt's QEMU driver, or of another, of which no rule speaks; what is to stand in `devices` is put in. */
export function plainDomain(devices = '', cpu = "<cpu mode='host-model'/>", type = 'kvm'): string {
  return `<domain type='${type}'>
  <name>a</name>
  <memory unit='GiB'>2</memory>
  <vcpu>2</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <features>
    <acpi/>
    <apic/>
  </features>
  ${cpu}
  <devices>
${devices}  </devices>
</domain>
`;
}
