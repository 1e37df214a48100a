/** Everything that is to be known of a definition before it replaces another. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { type Change, changesBetween } from './changes.ts';
import { divergences } from './divergences.ts';

export interface Preview {
  readonly changes: readonly Change[];
  /** Devices whose address the new text leaves to libvirt, which may assign another one: the guest would see them move. */
  readonly addressesLeftToLibvirt: number;
  /** Nothing differs for libvirt, not even what it assigns itself. */
  readonly isSame: boolean;
  /** Nothing differs but title, description and metadata: no guest ever notices. */
  readonly isHarmless: boolean;
}

const harmless = /^domain\/(title|description|metadata)\b/;

/** Compares what libvirt keeps with what is to be defined. */
export function previewDefinition(storedXml: string, newXml: string): Preview {
  const [stored, wished] = [parseXml(storedXml).root, parseXml(newXml).root];
  if (!stored || !wished) return { changes: [], addressesLeftToLibvirt: 0, isSame: false, isHarmless: false };
  const found = divergences(stored, wished);
  return {
    changes: changesBetween(storedXml, newXml),
    addressesLeftToLibvirt: found.filter(
      ({ kind, path }) => kind === 'only-left' && /^domain\/devices\/\w+\/address$/.test(path),
    ).length,
    isSame: found.length === 0,
    isHarmless: found.every(({ path }) => harmless.test(path)),
  };
}
