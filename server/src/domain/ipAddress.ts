/** IP addresses as text: enough of them to tell what libvirt refuses. */

/** The family of an address that is written in full or in IPv6's short form; undefined where it is neither. */
export function ipFamily(text: string): 'ipv4' | 'ipv6' | undefined {
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(text))
    return text.split('.').every((part) => Number(part) < 256) ? 'ipv4' : undefined;
  return /^[\da-f:]*:[\da-f:]*$/i.test(text) ? 'ipv6' : undefined;
}

/** All bits behind the prefix are zero; also where that cannot be told (IPv6 in its many forms). */
export function isNetworkAddress(text: string, prefix: number): boolean {
  if (ipFamily(text) !== 'ipv4' || prefix > 32) return true;
  const bits = text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return bits % 2 ** (32 - prefix) === 0;
}
