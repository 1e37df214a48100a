/** Devices that are on a controller without naming it: a part of an address that is not written is 0, and a drive without one goes by its name. */
import { attribute } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { Domain } from '../domain.ts';
import { drivePlaces } from '../driveAddresses.ts';
import { guestAddresses } from '../guestAddresses.ts';
import { busOfAddress, controllerOfAddress } from './controllerNames.ts';

/**
 * @param controller its name: `scsi 0`
 * @param guest the domain that it is part of
 */
export function unnamedUsers(controller: string, guest: XmlElement, document: XmlDocument): readonly XmlElement[] {
  const domain = new Domain(document, guest);
  const addressed = ['drive', 'virtio-serial', 'ccid', 'usb'].flatMap((type) => guestAddresses(domain, type));
  return [
    ...addressed.filter(({ element }) => unwritten(element) === controller).map(({ device }) => device),
    ...drivePlaces(domain)
      .filter(({ address, on, controller: index }) => !address && `${on} ${index}` === controller)
      .map(({ device }) => device),
  ];
}

/** The controller of an address that does not say which. */
function unwritten(address: XmlElement): string | undefined {
  const byController = controllerOfAddress('0', address);
  if (byController !== undefined) return attribute(address, 'controller') ? undefined : byController;
  return attribute(address, 'bus') ? undefined : busOfAddress('0', address);
}
