/** What programs inside and outside of the guest know it by, as far as the definition shows it. */
import { say } from '../../../server/src/l10n/say.ts';
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { elementsAt, type IdentityRow } from './identityTable.ts';

export function metadataRows(source: XmlElement): IdentityRow[] {
  const metadata = child(source, 'metadata');
  return (metadata ? childElements(metadata) : []).map(({ name }) => ({
    what: say`metadata`,
    fate: 'kept',
    from: name,
    to: name,
    why: say`It belongs to the program that wrote it: one that keeps ids there may take the clone for the source.`,
  }));
}

/** cloud-init finds its instance id in the serial number, or on a medium with a seed. */
export function cloudInitRows(source: XmlElement): IdentityRow[] {
  const why = say`cloud-init does what is done once (host keys, hostname, users) for a new id only.`;
  const entries = elementsAt(source, ['sysinfo', 'system', 'entry']);
  const ids = entries.flatMap((entry) => /(?:^|;)ds=nocloud.*?;i=([^;]+)/.exec(textOf(entry))?.[1] ?? []);
  const media = elementsAt(source, ['devices', 'disk']).flatMap((disk) => {
    const path = attributeValue(child(disk, 'source'), 'file') ?? '';
    return /(?:seed|cidata|cloud-?init|config-?drive)[^/]*$/i.test(path) ? [path] : [];
  });
  return [
    ...ids.map((id): IdentityRow => ({ what: say`cloud-init instance id`, fate: 'kept', from: id, to: id, why })),
    ...media.map(
      (path): IdentityRow => ({
        what: say`cloud-init instance id`,
        fate: 'kept',
        from: say`as in ${path}`,
        to: say`as in ${path}`,
        why,
      }),
    ),
  ];
}
