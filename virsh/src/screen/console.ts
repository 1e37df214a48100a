/** Whether a guest has a console that `virsh console` can open. */
import { readXml } from '../output/xml.ts';

/** By the live XML. libvirt itself only says that it cannot find a character device. */
export function hasConsole(liveXml: string): boolean {
  const devices = readXml(liveXml, 'domain').at('devices');
  return devices.all('console').length + devices.all('serial').length > 0;
}
