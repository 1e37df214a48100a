import { nodeMemory } from '../domain/nodeMemory.ts';
import { GIBIBYTE, MEBIBYTE, roundedSize, sumOf } from '../domain/sizes.ts';
import { say } from '../l10n/say.ts';
import { insertChild } from '../xml/edits.ts';
import { child } from '../xml/query.ts';
import { around, type OfferRefactoring, type Refactoring } from './refactoring.ts';

/** The huge pages of x86 hosts; a size must divide each part of the memory, or the rest could not be backed. */
const SIZES = [
  { size: 2, unit: 'MiB', bytes: 2 * MEBIBYTE, kernel: '2048kB' },
  { size: 1, unit: 'GiB', bytes: GIBIBYTE, kernel: '1048576kB' },
] as const;

export const offer: OfferRefactoring = (domain, at) => {
  const { memoryBacking, document, root } = domain;
  const asked = ['memory', 'currentMemory', 'memoryBacking'].some((name) => around(at, name));
  if (!asked || !domain.isQemu || !domain.isX86 || memoryBacking.hugepages) return [];
  // QEMU takes the memory of each cell and DIMM apart.
  const pieces = nodeMemory(domain).map(({ size }) => size);
  const total = sumOf(pieces);
  if (!total) return [];
  return SIZES.filter(({ bytes }) => pieces.every((size) => size !== undefined && size % bytes === 0)).map(
    ({ size, unit, bytes, kernel }): Refactoring => {
      const pages = total / bytes;
      const xml = `<hugepages>\n  <page size='${size}' unit='${unit}'/>\n</hugepages>`;
      const behind = child(root, 'currentMemory') ?? child(root, 'memory');
      const backing = `<memoryBacking>\n  ${xml.replaceAll('\n', '\n  ')}\n</memoryBacking>`;
      const edits = memoryBacking.element
        ? insertChild(memoryBacking.element, xml, document, { first: true })
        : insertChild(root, backing, document, behind ? { after: behind } : {});
      return {
        page: 'hugepages',
        title: say`Back the memory with ${pages} huge page${pages === 1 ? '' : 's'} of ${size} ${unit}`,
        consequences: [
          say`The host must have ${pages} free pages of ${size} ${unit} (${roundedSize(total)}) before the guest starts, or it does not: reserve them in /sys/kernel/mm/hugepages/hugepages-${kernel}/nr_hugepages${unit === 'GiB' ? say`, best on the kernel command line (hugepagesz=1G hugepages=N), as memory is soon too scattered` : ''}.`,
          say`The pages are taken whole when the guest starts: it is never swapped, KSM cannot merge it, and what its balloon gives back stays reserved.`,
          say`A host that it migrates to needs as many free pages of the same size.`,
          say`It takes effect at the next cold start.`,
        ],
        edits,
      };
    },
  );
};
