/** Where a running guest's VNC server listens, and how it is reached. */
import { say } from '../../../server/src/l10n/say.ts';
import type { Connection } from '../connection.ts';
import { readXml } from '../output/xml.ts';

export type VncPlace =
  | { readonly kind: 'port'; readonly address: string; readonly port: number }
  /** A socket in the file system of the host. */
  | { readonly kind: 'socket'; readonly path: string }
  /** A sentence that says why not, and what to do. */
  | { readonly kind: 'none'; readonly why: string };

/** Addresses that stand for all of the host's. */
const anyAddress = new Set(['0.0.0.0', '::', '']);
const itself = new Set(['127.0.0.1', '::1', 'localhost']);

/** By the live XML: a port that libvirt chooses is only there. */
export function vncPlace(liveXml: string, connection: Connection): VncPlace {
  const domain = readXml(liveXml, 'domain');
  // Only what runs has an id.
  if (domain.attribute('id') === undefined) return { kind: 'none', why: say`The VM does not run.` };
  const all = domain.at('devices').all('graphics');
  const screen = all.find((graphics) => graphics.attribute('type') === 'vnc');
  if (!screen) {
    const others = all.map((graphics) => graphics.attribute('type') ?? '').join(', ');
    const has = others === '' ? say`It has no graphical screen` : say`Its screen is ${others}`;
    return {
      kind: 'none',
      why: say`${has}; only VNC can be shown here. Add <graphics type='vnc'/>, or look at a screenshot.`,
    };
  }
  const listen = screen.all('listen')[0];
  const path = screen.attribute('socket') ?? listen?.attribute('socket');
  if (path !== undefined) return { kind: 'socket', path };
  const port = Number(screen.attribute('port') ?? '-1');
  if (listen?.attribute('type') === 'none' || port < 1)
    return { kind: 'none', why: say`Its VNC server listens nowhere. Start the VM anew with <listen type='address'/>.` };
  const address = listen?.attribute('address') ?? screen.attribute('listen') ?? '';
  return asSeenFromHere(address, port, connection);
}

/** Through ssh the connection is made on the host itself, which is 127.0.0.1 there. Without ssh it is made from this machine. */
function asSeenFromHere(address: string, port: number, connection: Connection): VncPlace {
  const local = anyAddress.has(address) ? '127.0.0.1' : address;
  const host = hostWithoutSsh(connection);
  if (host === undefined) return { kind: 'port', address: local, port };
  if (anyAddress.has(address)) return { kind: 'port', address: host, port };
  if (!itself.has(address)) return { kind: 'port', address, port };
  const why = say`Its VNC server listens only on ${host} itself, and this connection carries nothing there. Use qemu+ssh in place of ${connection.uri.replace(/:.*/s, '')}.`;
  return { kind: 'none', why };
}

/** The host of a URI that reaches it by other means than the ssh program: TLS, TCP, libssh. */
function hostWithoutSsh({ kind, uri }: Connection): string | undefined {
  if (kind === 'ssh' || /^[a-z0-9]+\+ssh:/i.test(uri) || !URL.canParse(uri)) return undefined;
  const { hostname } = new URL(uri);
  return hostname === '' ? undefined : hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The password of its VNC server, in XML that was asked for with passwords. Undefined where it has none. */
export function vncPassword(liveXmlWithSecrets: string): string | undefined {
  return readXml(liveXmlWithSecrets, 'domain')
    .at('devices')
    .all('graphics')
    .find((graphics) => graphics.attribute('type') === 'vnc')
    ?.attribute('passwd');
}
