/** Who is let in to a source: `<auth>`, its secret, and the protocols that take one. */
import { partsOf, type StorageSource } from '../../domain/storageSource.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { networkSources, qemuSources } from './sources.ts';

const page = 'storage/credentials';

/** Protocols without authentication; what is missing here may have one. */
const WITHOUT = new Set(['nbd', 'gluster', 'sheepdog', 'tftp', 'vxhs', 'nfs']);
/** The use that a secret must be made for; the other protocols take either. */
const USE: Readonly<Record<string, string>> = { rbd: 'ceph', iscsi: 'iscsi' };
const USES = new Set(['ceph', 'iscsi', 'volume', 'tls', 'vtpm']);

interface Given {
  readonly protocol: string;
  readonly source: StorageSource;
  readonly auth: XmlElement;
}

function* wrongCredentials({ protocol, source, auth }: Given, document: XmlDocument): Iterable<Refused> {
  const related = [relatedTo(placeOf(source.element, 'protocol'), say`The protocol`)];
  if (WITHOUT.has(protocol)) {
    yield {
      at: nameSpan(auth),
      message: say`The protocol \`${protocol}\` has no authentication that libvirt could do: it refuses \`<auth>\`. Remove it.`,
      related,
      fixes: [dropElement(auth, document)],
    };
    return;
  }
  const secret = child(auth, 'secret');
  const type = attribute(secret, 'type');
  const right = USE[protocol];
  const written = type?.value.trim();
  if (!secret || right === undefined || written === right) return;
  if (type && !USES.has(written ?? '')) return; // misspelt: the grammar says it
  yield {
    at: type ? valueSpan(type) : nameSpan(secret),
    message: say`A secret for \`${protocol}\` is of \`type='${right}'\`, ${type ? say`not \`${written}\`` : say`and here none is stated`}: libvirt refuses the definition.`,
    related,
    fixes: [setValueOf(secret, 'type', right, document)],
  };
}

/** The same child beside the source and inside it. */
function* twice(source: StorageSource, document: XmlDocument): Iterable<Refused> {
  for (const name of ['auth', 'encryption'] as const) {
    const [inside, outside] = partsOf(source, name);
    if (!inside || !outside || outside.parent === source.element || inside.parent !== source.element) continue;
    yield {
      at: nameSpan(outside),
      message: say`\`<${name}>\` stands beside the source and inside it: libvirt refuses the definition. Keep the one in \`<source>\`, where libvirt has it since 3.9.0.`,
      related: [relatedTo(nameSpan(inside), say`The one inside`)],
      fixes: [dropElement(outside, document), dropElement(inside, document, say`Remove <${name}> from <source>`)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal(
    'storage/auth-secret-type',
    page,
    (domain) =>
      networkSources(domain).flatMap((source) =>
        partsOf(source, 'auth').flatMap((auth) => [
          ...wrongCredentials({ protocol: source.protocol, source, auth }, domain.document),
        ]),
      ),
    { since: '0.9.7', needs: ['@protocol', 'auth'] },
  ),
  refusal(
    'storage/auth-or-encryption-twice',
    page,
    (domain) => qemuSources(domain).flatMap((source) => [...twice(source, domain.document)]),
    { since: '3.9.0', needs: ['auth|encryption'] },
  ),
];
