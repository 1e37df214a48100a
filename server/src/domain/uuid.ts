/** UUIDs: libvirt reads them in capitals too, and with dashes and blanks wherever they stand (virUUIDParse). */

/** The digits alone: the same for every way in which a UUID is written. */
export function uuidDigits(text: string): string {
  return text.replaceAll(/[-\s]/g, '').toLowerCase();
}

/** Whether libvirt takes a text for a UUID. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{32}$/.test(uuidDigits(text));
}

export function isSameUuid(one: string, other: string): boolean {
  return uuidDigits(one) === uuidDigits(other);
}
