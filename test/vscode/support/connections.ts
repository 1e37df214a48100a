/** Notes where the extension host connects to: our extension, and with it the few of VS Code's own that the tests leave on. */
import net from 'node:net';

const noted: string[] = [];

/** The hosts that were connected to so far, but for sockets in the file system; takes what is told out of the list. */
export const takeConnectedHosts = (): readonly string[] => noted.splice(0);

/** From now on connections are noted. */
export function noteConnections(): void {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    const [first, second]: unknown[] = Array.isArray(given[0]) ? given[0] : given;
    const place = new Map(typeof first === 'object' && first !== null ? Object.entries(first) : [['host', second]]);
    if (!place.get('path')) noted.push(String(place.get('host') ?? 'localhost'));
    return Reflect.apply(connect, this, given);
  };
}
