/** What the rules of this area share: which sources they speak of. */
import type { Domain } from '../../domain/domain.ts';
import { type StorageSource, storageSources } from '../../domain/storageSource.ts';

/** The sources of protocols in the network, of a guest that QEMU runs. */
export function networkSources(domain: Domain): readonly (StorageSource & { readonly protocol: string })[] {
  return domain.keep('network sources', () =>
    qemuSources(domain).flatMap((source) =>
      source.protocol === undefined ? [] : [{ ...source, protocol: source.protocol }],
    ),
  );
}

/** All sources of a guest that QEMU runs. */
export function qemuSources(domain: Domain): readonly StorageSource[] {
  return domain.isQemu ? storageSources(domain) : [];
}
