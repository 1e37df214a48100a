/** A virsh that runs as nobody, for tests that root runs: root may open every socket, and is refused by no permission. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRoot, nobody } from './libvirtDaemon.ts';

/** Writes the program into a directory; its path. For anyone but root it is virsh itself. */
export function unprivilegedVirsh(directory: string): string {
  const program = path.join(directory, 'virsh-as-nobody');
  const drop = isRoot ? `setpriv --reuid ${nobody} --regid ${nobody} --clear-groups -- ` : '';
  // The definition that the caller wrote for virsh is readable by the caller alone; nobody gets a copy.
  const script = `#!/bin/sh
export HOME=${directory}
for argument in "$@"; do
  shift
  case $argument in
    --file=*) cp "\${argument#--file=}" ${directory}/document.xml; chmod 644 ${directory}/document.xml; argument=--file=${directory}/document.xml ;;
  esac
  set -- "$@" "$argument"
done
cd ${directory}
exec ${drop}virsh "$@"
`;
  writeFileSync(program, script, { mode: 0o755 });
  return program;
}
