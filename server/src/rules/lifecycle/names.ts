/** Names and numbers by which libvirt knows a guest. */
import type { Domain } from '../../domain/domain.ts';
import { isUuid } from '../../domain/uuid.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { removeElement, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'lifecycle/names';

function* names(domain: Domain): Generator<Refused> {
  const name = child(domain.root, 'name');
  const text = textOf(name);
  if (name && text.includes('/')) {
    const clean = text.replaceAll('/', '-').replace(/^-+|-+$/g, '') || 'guest';
    yield {
      at: textSpan(name),
      message: say`The name becomes that of files on the host; libvirt refuses the \`/\` in \`${text}\`. Use \`${clean}\`.`,
      fixes: [{ title: say`Use ${clean}`, edits: setText(name, clean) }],
    };
  }
  const title = child(domain.root, 'title');
  const written = title?.children.map((node) => (node.kind === 'text' ? node.value : '')).join('') ?? '';
  if (title && written.includes('\n')) {
    yield {
      at: textSpan(title),
      message: say`A title is one line, and libvirt refuses more. What needs several belongs into \`<description>\`.`,
      fixes: [
        {
          title: say`Join the lines`,
          edits: setText(
            title,
            written
              .trim()
              .split(/\s*\n\s*/)
              .join(' '),
          ),
        },
      ],
    };
  }
}

/** That there is one only, the grammar tells. */
function* generation(domain: Domain): Generator<Refused> {
  const genid = child(domain.root, 'genid');
  const text = textOf(genid);
  if (!genid || text === '' || isUuid(text)) return;
  yield {
    at: textSpan(genid),
    message: say`\`${text}\` is no UUID; libvirt refuses it. Write \`<genid/>\`: libvirt makes one.`,
    fixes: [{ title: say`Let libvirt make it`, edits: setText(genid, '') }],
  };
}

/** Elements that may say each thing once: `[path to their parent, their name, the attribute that tells them apart]`. */
const ONCE: readonly (readonly [string, string, Phrase])[] = [
  ['perf', 'event', phrase`the performance event`],
  ['keywrap', 'cipher', phrase`the cipher`],
];

function* twice(domain: Domain): Generator<Refused> {
  for (const [holder, name, what] of ONCE) {
    const parent = child(domain.root, holder);
    const seen = new Map<string, XmlElement>();
    for (const element of parent ? childElements(parent, name) : []) {
      const value = attributeValue(element, 'name') ?? '';
      const other = seen.get(value);
      if (!other) {
        seen.set(value, element);
        continue;
      }
      yield {
        at: placeOf(element, 'name'),
        message: say`It was said of ${what} \`${value}\` before; libvirt refuses the second time. Remove one of them.`,
        related: [{ ...placeOf(other, 'name'), message: say`The first time` }],
        fixes: [dropElement(element, domain.document)],
      };
    }
  }
}

function* idMap(domain: Domain): Generator<Refused> {
  const map = child(domain.root, 'idmap');
  if (!map) return;
  const kinds = ['uid', 'gid'].map((name) => childElements(map, name));
  const [uids = [], gids = []] = kinds;
  if ((uids.length === 0) !== (gids.length === 0)) {
    yield {
      at: nameSpan(map),
      message: say`Users and groups are mapped together or not at all; libvirt refuses the one without the other. Add the missing element.`,
      fixes: [{ title: say`Map none`, edits: removeElement(map, domain.document) }],
    };
    return;
  }
  for (const kind of kinds) {
    const starts = kind.flatMap((element) => attribute(element, 'start') ?? []);
    const [least] = [...starts].sort((a, b) => Number(a.value) - Number(b.value));
    if (!least || !(Number(least.value) > 0)) continue;
    yield {
      at: placeOf(least.parent, 'start'),
      message: say`The root user of the container (0) is not mapped, and libvirt refuses that. Let the map start with 0, not ${least.value}.`,
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('lifecycle/identity', page, names, { needs: ['name|title'] }),
  refusal('lifecycle/generation-id', page, generation, { needs: ['genid'], since: '4.4.0', anyDriver: true }),
  refusal('lifecycle/said-twice', page, twice, { needs: ['perf|keywrap'], anyDriver: true }),
  refusal('lifecycle/id-map', page, idMap, { needs: ['idmap'], since: '1.1.1', anyDriver: true }),
];
