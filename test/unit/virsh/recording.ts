/** What virsh 9.0 printed for a private libvirtd. Only the directories have been given other names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(process.env.VIRTLINT_ROOT ?? '.', 'test/unit/virsh/recordings');

export function recording(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}
