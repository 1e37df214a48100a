/** Smart cards and USB devices of the client. */
import type { Domain } from '../../domain/domain.ts';
import { anyNumber } from '../../domain/freeNumbers.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attribute, attributeValue, childElements, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { addressOf, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/redirection';

/** QEMU has one reader with one slot. */
function* secondCards(domain: Domain): Generator<Refused> {
  const [first, ...others] = domain.devices('smartcard');
  for (const card of others)
    yield {
      at: nameSpan(card),
      message: say`QEMU has one smart card reader with one slot: libvirt refuses a second \`<smartcard>\`. Remove it.`,
      related: first ? [relatedTo(nameSpan(first), say`The first one`)] : [],
      fixes: [dropElement(card, domain.document)],
    };
}

function* cardAddresses(domain: Domain): Generator<Refused> {
  for (const card of domain.devices('smartcard')) {
    const address = addressOf(card);
    if (!address) continue;
    const isCcid = address.type.value.trim() === 'ccid';
    const moved = ['controller', 'slot']
      .flatMap((name) => attribute(address.element, name) ?? [])
      .find(({ value }) => (anyNumber(value.trim()) ?? 0) !== 0);
    if (isCcid && !moved) continue;
    yield {
      at: valueSpan(isCcid && moved ? moved : address.type),
      message: isCcid
        ? say`QEMU has one smart card reader with one slot, controller 0 and slot 0: libvirt refuses any other. Remove the address.`
        : say`A smart card has an address of type \`ccid\`, not \`${address.type.value.trim()}\`: libvirt refuses it. Remove the address.`,
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

const CERTIFICATES = 3;

function* certificates(domain: Domain): Generator<Refused> {
  for (const card of domain.devices('smartcard')) {
    if (attributeValue(card, 'mode') !== 'host-certificates') continue;
    const count = childElements(card, 'certificate').length;
    if (count !== CERTIFICATES)
      yield {
        at: placeOf(card, 'mode'),
        message: say`QEMU builds the card of exactly three certificates, and here ${count === 1 ? say`is one` : say`are ${count}`}: libvirt refuses it. Name three of the database, or use \`mode="host"\`.`,
      };
  }
}

function* databases(domain: Domain): Generator<Refused> {
  for (const database of domain.devices('smartcard').flatMap((card) => childElements(card, 'database'))) {
    const path = textOf(database);
    if (path === '' || path.startsWith('/')) continue;
    yield {
      at: textSpan(database),
      message: say`The certificate database is named by its absolute path; libvirt refuses a relative one.`,
      fixes: [{ title: say`Change to '/${path}'`, edits: setText(database, `/${path}`) }],
    };
  }
}

function* redirectedAddresses(domain: Domain): Generator<Refused> {
  for (const device of domain.devices('redirdev')) {
    const address = addressOf(device);
    if (!address || address.type.value.trim() === 'usb') continue;
    yield {
      at: valueSpan(address.type),
      message: say`A redirected USB device has an address of type \`usb\`, not \`${address.type.value.trim()}\`: libvirt refuses it. Remove the address.`,
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

/** A class is a byte. */
function* filterClasses(domain: Domain): Generator<Refused> {
  for (const filter of domain.devices('redirfilter').flatMap((one) => childElements(one, 'usbdev'))) {
    const written = attribute(filter, 'class');
    const number = anyNumber(written?.value.trim());
    if (!written || number === undefined || number <= 0xff) continue;
    yield {
      at: valueSpan(written),
      message: say`A USB class is one byte, 0x00 to 0xff; libvirt refuses \`${written.value.trim()}\`. Leave \`class\` at -1 for any.`,
      fixes: [setValueOf(filter, 'class', '-1', domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/smartcard-second', page, secondCards, { since: '0.8.8', needs: ['smartcard'] }),
  refusal('devices/smartcard-address', page, cardAddresses, { since: '0.8.8', needs: ['smartcard'] }),
  refusal('devices/smartcard-certificates', page, certificates, {
    since: '0.8.8',
    withoutFix: true,
    needs: ['smartcard'],
  }),
  refusal('devices/smartcard-database', page, databases, { since: '0.8.8', needs: ['smartcard'] }),
  refusal('devices/redirdev-address', page, redirectedAddresses, { since: '0.9.5', needs: ['redirdev'] }),
  refusal('devices/redirfilter-class', page, filterClasses, { since: '1.0.0', needs: ['redirfilter'] }),
];
