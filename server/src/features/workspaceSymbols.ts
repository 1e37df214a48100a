/** What can be gone to by its name in the documents of a workspace: VMs, networks, pools, and the devices of VMs. */
import { childElements, nameSpan } from '../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import { elementName } from './elementNames.ts';

export interface WorkspaceSymbol {
  readonly name: string;
  /** The name of the document's root, of which it is a part: "Domain web". Undefined for the root itself. */
  readonly container: string | undefined;
  readonly role: 'root' | 'device';
  /** The tag's name. */
  readonly span: Span;
}

/** The symbols of a document: its root and, of a domain, the devices. */
export function workspaceSymbols({ root }: XmlDocument): WorkspaceSymbol[] {
  if (!root) return [];
  const container = elementName(root).name;
  const devices = childElements(root, 'devices').flatMap((list) => childElements(list));
  return [symbol(root, 'root', undefined), ...devices.map((device) => symbol(device, 'device', container))];
}

/** Whether a name holds the letters of a query in their order, without regard to case and blanks. */
export function fitsQuery(name: string, query: string): boolean {
  return holdsInOrder(folded(name), folded(query));
}

/** Its detail is part of the name: lists of symbols show no other. */
function symbol(element: XmlElement, role: WorkspaceSymbol['role'], container: string | undefined): WorkspaceSymbol {
  const { name, detail } = elementName(element);
  return { name: container && detail ? `${name}: ${detail}` : name, container, role, span: nameSpan(element) };
}

function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '');
}

function holdsInOrder(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    const found = name.indexOf(letter, at);
    if (found < 0) return false;
    at = found + letter.length;
  }
  return true;
}
