/** Edits that silence a finding: a comment, or metadata that libvirt keeps. The reason is left to the author, and asked for. */
import { deviceNames, lintElement, NAMESPACE } from '../../domain/lintMetadata.ts';
import type { Finding, Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { escapeAttribute, insertChild, insertComment, quoteStyle } from '../../xml/edits.ts';
import { child, childElements } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { isSuppressible } from '../knownRules.ts';
import { DISABLE, DISABLE_NEXT } from './comments.ts';

/** The ways to silence one finding; none for what cannot be silenced. */
export function suppressingFixes(finding: Finding, document: XmlDocument): Fix[] {
  const { root } = document;
  if (!root || !isSuppressible(finding.rule)) return [];
  const at = innermost(root, finding);
  const inMetadata = root.name === 'domain' ? [metadataFix(finding.rule, at, root, document)] : [];
  return [commentFix(finding.rule, at, root, document), ...inMetadata];
}

function commentFix(rule: string, at: XmlElement, root: XmlElement, document: XmlDocument): Fix {
  const isWhole = at === root;
  const comment = `<!-- ${isWhole ? DISABLE : DISABLE_NEXT} ${rule}: -->`;
  return {
    title: isWhole ? say`Silence ${rule} in this file, by a comment` : say`Silence ${rule} here, by a comment`,
    edits: insertComment(at, comment, document),
  };
}

function metadataFix(rule: string, at: XmlElement, root: XmlElement, document: XmlDocument): Fix {
  const device = deviceAround(at);
  const name = device && deviceNames(device)[0];
  const quote = quoteStyle(root, document);
  const q = (value: string): string => quote + escapeAttribute(value, quote) + quote;
  const suppress = (prefix: string): string => {
    const scope = name === undefined ? '' : ` device=${q(name)}`;
    return `<${prefix}suppress rule=${q(rule)}${scope}></${prefix}suppress>`;
  };
  const holder = lintElement(root);
  const lint = `<virtlint:lint xmlns:virtlint=${q(NAMESPACE)}>\n  ${suppress('virtlint:')}\n</virtlint:lint>`;
  const metadata = child(root, 'metadata');
  const edits = holder
    ? insertChild(holder, suppress(holder.name.slice(0, holder.name.indexOf(':') + 1)), document)
    : metadata
      ? insertChild(metadata, lint, document)
      : insertChild(root, `<metadata>\n${lint.replace(/^/gm, '  ')}\n</metadata>`, document, placeOfMetadata(root));
  const where = name === undefined ? say`in this domain` : say`for ${name}`;
  return { title: say`Silence ${rule} ${where}, by metadata that libvirt keeps`, edits };
}

/** Behind what libvirt itself writes before it. */
function placeOfMetadata(root: XmlElement): { after: XmlElement } | { first: true } {
  const before = ['name', 'uuid', 'genid', 'title', 'description'];
  const after = childElements(root).findLast(({ name }) => before.includes(name));
  return after ? { after } : { first: true };
}

function deviceAround(element: XmlElement): XmlElement | undefined {
  for (let at: XmlElement | null = element; at; at = at.parent) if (at.parent?.name === 'devices') return at;
  return undefined;
}

/** The innermost element around a finding; the root for one outside of it. */
function innermost(root: XmlElement, { start, end }: Span): XmlElement {
  let at = root;
  for (;;) {
    const inner = at.children.find(
      (node): node is XmlElement => node.kind === 'element' && node.start <= start && end <= node.end,
    );
    if (!inner) return at;
    at = inner;
  }
}
