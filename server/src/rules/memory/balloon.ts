/** Balloons that are written in the document and work. */
import type { Domain } from '../../domain/domain.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';

export function virtioBalloons(domain: Domain): readonly XmlElement[] {
  if (!domain.isQemu) return [];
  return domain.devices('memballoon').filter((balloon) => attributeValue(balloon, 'model')?.startsWith('virtio'));
}
