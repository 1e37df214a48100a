/** A CPU put into a definition: its model and features are replaced, its topology, caches and NUMA cells stay. */
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import {
  insertAfter,
  insertBefore,
  insertChild,
  removeAttribute,
  removeElement,
  setAttribute,
} from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attribute, attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';

export interface CpuEdit {
  readonly edits: readonly TextEdit[];
  /** Features that the definition asks for and the new CPU does not promise. */
  readonly dropped: readonly string[];
}

const replaced: ReadonlySet<string> = new Set(['model', 'vendor', 'feature']);
const refusing: ReadonlySet<string | undefined> = new Set(['disable', 'forbid']);

/** `cpu` is a `<cpu>` as libvirt prints it. Undefined where the text is no readable domain. */
export function editCpu(text: string, cpu: string): CpuEdit | undefined {
  const document = parseXml(text);
  const { root, problems } = document;
  const wanted = parseXml(cpu).root;
  if (root?.name !== 'domain' || problems.length > 0 || wanted?.name !== 'cpu') return undefined;
  const present = child(root, 'cpu');
  if (!present) return { edits: insertCpu(root, cpu, document), dropped: [] };
  const refused = childElements(present, 'feature').filter((one) => refusing.has(attributeValue(one, 'policy')));
  const refusedNames = new Set(refused.map(nameOf));
  // What the definition keeps from the guest on purpose is kept from it still.
  const added = childElements(wanted).filter((one) => one.name !== 'feature' || !refusedNames.has(nameOf(one)));
  const lines = [
    ...added.map((one) => cpu.slice(one.start, one.end)),
    ...refused.map((one) => text.slice(one.start, one.end)),
  ];
  const promised = new Set(
    childElements(wanted, 'feature')
      .filter((one) => !refusing.has(attributeValue(one, 'policy')))
      .map(nameOf),
  );
  const dropped = childElements(present, 'feature')
    .map(nameOf)
    .filter((name) => !refusedNames.has(name) && !promised.has(name));
  const edited = insertInto(applyEdits(text, clearing(present, document)), lines.join('\n'));
  return { edits: [{ start: present.start, end: present.end, newText: edited }], dropped };
}

function nameOf(feature: XmlElement): string {
  return attributeValue(feature, 'name') ?? '';
}

/** Takes out what the new CPU brings along, and attributes that belong to another mode. */
function clearing(cpu: XmlElement, document: XmlDocument): TextEdit[] {
  const foreign = attributeValue(cpu, 'mode') === 'custom' ? ['migratable'] : ['migratable', 'check'];
  const removed = foreign.flatMap((name) => attribute(cpu, name) ?? []);
  return [
    ...childElements(cpu)
      .filter(({ name }) => replaced.has(name))
      .flatMap((one) => removeElement(one, document)),
    ...removed.flatMap((one) => removeAttribute(one, document)),
    ...setAttribute(cpu, 'mode', 'custom', document),
  ];
}

/** The text of the `<cpu>` with the lines as its first children. */
function insertInto(text: string, lines: string): string {
  const exact = withCpu(text, (cpu, document) => setAttribute(cpu, 'match', 'exact', document));
  const filled = withCpu(exact, (cpu, document) => insertChild(cpu, lines, document, { first: true }));
  const cpu = cpuOf(parseXml(filled));
  return cpu ? filled.slice(cpu.start, cpu.end) : '';
}

function withCpu(text: string, edit: (cpu: XmlElement, document: XmlDocument) => TextEdit[]): string {
  const document = parseXml(text);
  const cpu = cpuOf(document);
  return cpu ? applyEdits(text, edit(cpu, document)) : text;
}

function cpuOf({ root }: XmlDocument): XmlElement | undefined {
  return root ? child(root, 'cpu') : undefined;
}

function insertCpu(root: XmlElement, cpu: string, document: XmlDocument): TextEdit[] {
  const before = child(root, 'clock') ?? child(root, 'devices');
  if (before) return insertBefore(before, cpu, document);
  const last = childElements(root).at(-1);
  return last ? insertAfter(last, cpu, document) : insertChild(root, cpu, document);
}
