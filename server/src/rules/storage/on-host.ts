/** Secrets, pools and images that a host does not have, or that are not what the domain says. */

import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { type StorageSource, storageSources } from '../../domain/storageSource.ts';
import { isSameUuid } from '../../domain/uuid.ts';
import type { HostPool } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, attributeValue, childElements, valueSpan } from '../../xml/query.ts';
import { isSimilar } from '../../xml/similar.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import type { Rule } from '../rule.ts';

const page = 'storage/on-host';

function* absentSecrets(domain: Domain, { facts }: Host): Iterable<Lack> {
  const { secrets } = facts;
  if (!secrets || !domain.isQemu) return;
  for (const element of domain.elements('secret')) {
    const [uuid, usage] = [attribute(element, 'uuid'), attribute(element, 'usage')];
    const named = uuid ?? usage;
    if (!named || named.value.trim() === '' || !isPart(element)) continue;
    const value = named.value.trim();
    const type = attributeValue(element, 'type');
    const isThere = secrets.some((one) =>
      uuid ? isSameUuid(one.uuid, value) : one.usage === value && (type === undefined || fitsUse(one.usageType, type)),
    );
    if (isThere) continue;
    yield {
      at: valueSpan(named),
      message: (hosts) =>
        say`There is no secret ${uuid ? `\`${value}\`` : say`for \`${value}\``} on ${hosts}: the guest does not start there. \`virsh secret-define\` makes one, \`virsh secret-set-value\` gives it its value.`,
    };
  }
}

/** A secret of a disk or a TPM, not of another device that a rule does not know. */
function isPart({ parent }: XmlElement): boolean {
  return parent?.name === 'auth' || parent?.name === 'encryption';
}

/** `passphrase` of an encryption takes a secret of volumes. */
function fitsUse(has: string | undefined, wanted: string): boolean {
  return has === undefined || has === wanted || (wanted === 'passphrase' && ['volume', 'vtpm'].includes(has));
}

/** Without these a disk may well be absent. */
function isOptional({ element }: StorageSource): boolean {
  return ['optional', 'requisite'].includes(attributeValue(element, 'startupPolicy') ?? '');
}

function* absentSources(domain: Domain, host: Host): Iterable<Lack> {
  const { pools } = host;
  if (!pools || !domain.isQemu) return;
  for (const source of storageSources(domain)) {
    if (isOptional(source)) continue;
    if (source.type === 'volume') yield* ofVolume(source.element, pools, domain);
    const at = attribute(source.element, 'file') ?? attribute(source.element, 'dev');
    const pool = at && ['file', 'block'].includes(source.type) && poolAround(at.value.trim(), pools);
    if (at && pool && !pool.volumes?.some(({ path }) => path === at.value.trim())) {
      yield {
        at: valueSpan(at),
        message: (hosts) =>
          say`\`${at.value.trim()}\` is not among the volumes of the pool \`${pool.name}\` on ${hosts}: without it the guest does not start there. Of a file that was made by hand the pool knows after \`virsh pool-refresh\`.`,
        fixes: nearby(at, pool.volumes?.map(({ path }) => path) ?? [], domain),
      };
    }
  }
}

function* ofVolume(source: XmlElement, pools: ReadonlyMap<string, HostPool>, domain: Domain): Iterable<Lack> {
  const [poolName, volumeName] = [attribute(source, 'pool'), attribute(source, 'volume')];
  const pool = pools.get(poolName?.value.trim() ?? '');
  if (poolName && !pool) {
    yield {
      at: valueSpan(poolName),
      message: (hosts) =>
        say`There is no pool \`${poolName.value.trim()}\` on ${hosts}: the guest does not start there.`,
      fixes: nearby(poolName, [...pools.keys()], domain),
    };
  } else if (poolName && pool?.isActive === false && !pool.isAutostart) {
    yield {
      at: valueSpan(poolName),
      message: (hosts) =>
        say`The pool \`${pool.name}\` is off on ${hosts}, and nothing starts it: the guest does not start there. \`virsh pool-start\` and \`virsh pool-autostart\` bring it up.`,
    };
  }
  if (volumeName && pool?.volumes && !pool.volumes.some(({ name }) => name === volumeName.value.trim())) {
    yield {
      at: valueSpan(volumeName),
      message: (hosts) =>
        say`The pool \`${pool.name}\` has no volume \`${volumeName.value.trim()}\` on ${hosts}: the guest does not start there. Of a file that was made by hand the pool knows after \`virsh pool-refresh\`.`,
      fixes: nearby(
        volumeName,
        pool.volumes.map(({ name }) => name),
        domain,
      ),
    };
  }
}

function nearby(at: XmlAttribute, known: readonly string[], { document }: Domain) {
  return known
    .filter((one) => isSimilar(at.value.trim(), one))
    .map((one) => ({ title: say`Change ${at.name} to '${one}'`, edits: setValue(at, one, document) }));
}

/** The active pool whose directory a path lies right in: it has a volume for each file there. */
function poolAround(path: string, pools: ReadonlyMap<string, HostPool>): HostPool | undefined {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return [...pools.values()].find(
    (pool) => pool.volumes !== undefined && ['dir', 'fs', 'netfs'].includes(pool.type ?? '') && pool.path === folder,
  );
}

/** Formats in which a volume is not just the bytes of the disk. */
const CONTAINERS = new Set(['qcow2', 'qcow', 'qed', 'vmdk', 'vdi', 'vpc', 'luks']);

function* wrongFormats(domain: Domain, host: Host): Iterable<Lack> {
  const { pools } = host;
  if (!pools || !domain.isQemu) return;
  for (const { element, type, format, disk } of storageSources(domain)) {
    const written = format?.value.trim();
    const path = attributeValue(element, 'file');
    const pool = type === 'volume' ? pools.get(attributeValue(element, 'pool') ?? '') : path && poolAround(path, pools);
    const volume = pool
      ? pool.volumes?.find(({ name, path: at }) => (path ? at === path : name === attributeValue(element, 'volume')))
      : undefined;
    const real = volume?.format;
    if (!format || !real || written === real || !['file', 'volume'].includes(type)) continue;
    const isRaw = written === 'raw';
    const isWrong = isRaw ? CONTAINERS.has(real) && !hasEncryption(element) : CONTAINERS.has(written ?? '');
    if (!isWrong || !disk.writable) continue;
    yield {
      at: valueSpan(format),
      message: (hosts) =>
        isRaw
          ? say`\`${volume.name}\` on ${hosts} is a \`${real}\` image: taken for \`raw\`, the guest sees the container instead of the disk in it, and what it writes destroys the image.`
          : say`\`${volume.name}\` on ${hosts} is \`${real}\`, not \`${written}\`: the guest does not start there.`,
      fixes:
        CONTAINERS.has(real) || real === 'raw'
          ? [{ title: say`Change type to '${real}'`, edits: setValue(format, real, domain.document) }]
          : [],
    };
  }
}

function hasEncryption(source: XmlElement): boolean {
  return (
    childElements(source, 'encryption').length > 0 ||
    (source.parent !== null && childElements(source.parent, 'encryption').length > 0)
  );
}

export const rules: readonly Rule[] = [
  hostRule({ id: 'storage/secret-not-found', page, severity: 'error', needs: ['secret'], find: absentSecrets }),
  hostRule({
    id: 'storage/source-missing-on-host',
    page,
    severity: 'warning',
    needs: ['disk', 'source'],
    hasFix: true,
    find: absentSources,
  }),
  hostRule({
    id: 'storage/format-differs-on-host',
    page,
    severity: 'warning',
    needs: ['disk', 'driver'],
    hasFix: true,
    find: wrongFormats,
  }),
];
