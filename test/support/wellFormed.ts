/** A judge from outside. */
import { SaxesParser } from 'saxes';

/** The first complaint of saxes, namespaces included, or null for a well-formed text. */
export function complaintOfSaxes(text: string): string | null {
  const parser = new SaxesParser({ xmlns: true });
  let complaint: string | null = null;
  parser.on('error', (error) => {
    complaint ??= error.message;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    complaint ??= String(error);
  }
  return complaint;
}
