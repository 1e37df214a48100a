/** `virtlint host-facts`: a snapshot of a host, to check by where the host is out of reach. */
import os from 'node:os';
import { openHost, readHostFacts } from '../../../../virsh/src/index.ts';
import { writeFacts } from '../../host/factsFile.ts';
import { EXIT, type Streams } from './check.ts';

/** What libvirt takes where nobody says otherwise, for root and for others. */
const usualUri = (): string =>
  process.env.LIBVIRT_DEFAULT_URI ?? (os.userInfo().uid === 0 ? 'qemu:///system' : 'qemu:///session');

export async function printHostFacts(
  { uri = usualUri(), name = nameOf(uri) }: { readonly uri: string | undefined; readonly name: string | undefined },
  { out, err }: Streams,
): Promise<number> {
  const host = openHost({ kind: 'uri', name, uri });
  const facts = await readHostFacts(host);
  host.close();
  if (!facts.ok) {
    err(`virtlint: ${facts.error.message}\n`);
    return EXIT.usage;
  }
  out(writeFacts(facts.value));
  return EXIT.clean;
}

/** `lab` of `qemu+ssh://root@lab/system`; without a host in it, the name of this one. */
function nameOf(uri: string): string {
  return (URL.canParse(uri) && new URL(uri).hostname) || os.hostname();
}
