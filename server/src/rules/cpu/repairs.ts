/** Edits to `<cpu>` that several rules offer. */
import type { Cpu, CpuFeature } from '../../domain/cpu.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertChild, removeAttribute, removeElement, setAttribute } from '../../xml/edits.ts';
import { startsLine } from '../../xml/layout.ts';
import { attribute, childElements } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';

/** What only a named model has use for. */
const OF_MODEL = ['model', 'vendor'];
const OF_CUSTOM = ['match', 'check'];

/** Changes the mode and takes away what the new one does not read: model, vendor, match, check; migratable with host-model. */
export function changeMode(cpu: Cpu, mode: string, document: XmlDocument): TextEdit[] {
  const unread = mode === 'host-model' ? [...OF_CUSTOM, 'migratable'] : OF_CUSTOM;
  return [
    ...setAttribute(cpu.element, 'mode', mode, document),
    ...unread.flatMap((name) => dropAttribute(cpu.element, name, document)),
    ...dropChildren(cpu.element, OF_MODEL, document),
  ];
}

export function useHostModel(cpu: Cpu, document: XmlDocument): Fix {
  return { title: say`Use mode='host-model'`, edits: changeMode(cpu, 'host-model', document) };
}

export function useHostPassthrough(cpu: Cpu, document: XmlDocument): Fix {
  return { title: say`Use mode='host-passthrough'`, edits: changeMode(cpu, 'host-passthrough', document) };
}

/** Asks for features that the document does not speak of, after those it has, else after the model. */
export function addFeatures(
  cpu: Cpu,
  wanted: readonly { readonly name: string; readonly policy: string }[],
  document: XmlDocument,
): TextEdit[] {
  const after = cpu.features.at(-1)?.element ?? cpu.model;
  const between = !after || startsLine(document.text, after.start) ? '\n' : '';
  const xml = wanted.map(({ name, policy }) => `<feature policy='${policy}' name='${name}'/>`).join(between);
  return after ? insertAfter(after, xml, document) : insertChild(cpu.element, xml, document, { first: true });
}

export function setPolicy(feature: CpuFeature, policy: string, document: XmlDocument): Fix {
  return {
    title: say`Change the policy to '${policy}'`,
    edits: setAttribute(feature.element, 'policy', policy, document),
  };
}

/** Takes an attribute away where it is there. */
export function dropAttribute(element: XmlElement, name: string, document: XmlDocument): TextEdit[] {
  const at = attribute(element, name);
  return at ? removeAttribute(at, document) : [];
}

/** Takes children away; an element that keeps nothing becomes self-closing. */
export function dropChildren(element: XmlElement, names: readonly string[], document: XmlDocument): TextEdit[] {
  const children = childElements(element);
  const gone = children.filter((child) => names.includes(child.name));
  const remarks = document.comments.some(({ start }) => start > element.start && start < element.end);
  if (gone.length === 0) return [];
  if (gone.length === children.length && !remarks) return [emptied(element)];
  return gone.flatMap((child) => removeElement(child, document));
}

/** `<a …>anything</a>` → `<a …/>`. */
export function emptied(element: XmlElement): TextEdit {
  return { start: element.startTagEnd - 1, end: element.end, newText: '/>' };
}
