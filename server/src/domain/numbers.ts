/** A decimal whole number without sign, or undefined: "4" → 4, "" or "four" → undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

/**
 * A number as libvirt reads the parts of addresses and controllers: `0x1f` is hexadecimal, `017` octal, `15` decimal.
 * Undefined for what is none, and for what has more digits than any of them could have.
 */
export function numberOfAnyBase(text: string | undefined): number | undefined {
  const written = text?.trim() ?? '';
  if (/^0x[\da-f]{1,12}$/i.test(written)) return Number(written);
  if (/^0[0-7]{1,14}$/.test(written)) return Number.parseInt(written, 8);
  return /^(0|[1-9]\d{0,14})$/.test(written) ? Number(written) : undefined;
}
