/**
 * Suppressions that libvirt keeps, which drops comments:
 *
 *     <metadata>
 *       <virtlint:lint xmlns:virtlint='…'>
 *         <virtlint:suppress rule='disk/emulated-bus' device='hda'>old installer</virtlint:suppress>
 *       </virtlint:lint>
 *     </metadata>
 *
 * libvirt wants one element for each namespace in `<metadata>`, so they share one.
 */
import { deviceNamed, isOurs, lintElement } from '../../domain/lintMetadata.ts';
import type { Finding } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { attribute, childElements, nameSpan, textOf, valueSpan } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { removalTitle } from './comments.ts';
import { ownFinding, type Suppression, type Suppressions } from './suppression.ts';

export function metadataSuppressions(document: XmlDocument): Suppressions {
  const suppressions: Suppression[] = [];
  const findings: Finding[] = [];
  const { root } = document;
  const holder = root && lintElement(root);
  for (const element of holder ? childElements(holder) : []) {
    const found = readElement(element, document);
    if ('at' in found) suppressions.push(found);
    else findings.push(found);
  }
  return { suppressions, findings };
}

function readElement(element: XmlElement, document: XmlDocument): Suppression | Finding {
  const remove = () => ({ title: say`Remove it`, edits: removeElement(element, document) });
  const invalid = (message: string) => ownFinding('invalid-suppression', nameSpan(element), message, () => [remove()]);
  if (!isOurs(element, 'suppress')) return invalid(say`Only \`<suppress>\` of the same namespace stands here.`);
  const rule = attribute(element, 'rule');
  if (!rule?.value.trim()) return invalid(say`Name the rule: \`rule='area/name'\`.`);
  const device = attribute(element, 'device');
  const scope = device ? deviceNamed(device.value.trim(), document.root) : { start: 0, end: document.text.length };
  if (device && !scope)
    return ownFinding(
      'unused-suppression',
      valueSpan(device),
      say`No device has the alias, target or MAC address \`${device.value}\`, so this silences nothing.`,
      () => [{ ...remove(), title: removalTitle(rule.value), preferred: true }],
    );
  return {
    rule: rule.value.trim(),
    at: valueSpan(rule),
    reason: textOf(element),
    scope: scope ?? element,
    remove: () => ({ ...remove(), title: removalTitle(rule.value) }),
  };
}
