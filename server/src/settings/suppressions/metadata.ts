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
import type { Finding } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textOf, valueSpan } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { removalTitle } from './comments.ts';
import { ownFinding, type Suppression, type Suppressions } from './suppression.ts';

/** It names our elements, and is no address of anything. */
export const NAMESPACE = 'https://virtlint.github.io/xmlns/lint/1.0';

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

/** Our element in the metadata of a document. */
export function lintElement(root: XmlElement): XmlElement | undefined {
  const metadata = child(root, 'metadata');
  return metadata && childElements(metadata).find((one) => isOurs(one) && localName(one) === 'lint');
}

function readElement(element: XmlElement, document: XmlDocument): Suppression | Finding {
  const remove = () => ({ title: say`Remove it`, edits: removeElement(element, document) });
  const invalid = (message: string) => ownFinding('invalid-suppression', nameSpan(element), message, () => [remove()]);
  if (localName(element) !== 'suppress' || !isOurs(element))
    return invalid(say`Only \`<suppress>\` of the same namespace stands here.`);
  const rule = attribute(element, 'rule');
  if (!rule?.value.trim()) return invalid(say`Name the rule: \`rule='area/name'\`.`);
  const device = attribute(element, 'device');
  const scope = device ? deviceNamed(device.value.trim(), document) : { start: 0, end: document.text.length };
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

/** The names by which a suppression can pick a device, surest first. */
export function deviceNames(device: XmlElement): string[] {
  return [
    attributeValue(child(device, 'alias'), 'name'),
    attributeValue(child(device, 'target'), 'dev'),
    attributeValue(child(device, 'mac'), 'address'),
  ].filter((name): name is string => name !== undefined && name !== '');
}

function deviceNamed(name: string, { root }: XmlDocument): Span | undefined {
  const devices = root ? child(root, 'devices') : undefined;
  return devices && childElements(devices).find((device) => deviceNames(device).includes(name));
}

function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Whether a name is bound to our namespace. */
function isOurs(element: XmlElement): boolean {
  const prefix = element.name.includes(':') ? `:${element.name.slice(0, element.name.indexOf(':'))}` : '';
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const bound = attributeValue(at, `xmlns${prefix}`);
    if (bound !== undefined) return bound === NAMESPACE;
  }
  return false;
}
