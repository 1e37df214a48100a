/** What a command changes, in libvirt's terms, read from its arguments and its document. */
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

export interface Change {
  /** The command of virsh: `start`, `vol-clone`. */
  readonly verb: string;
  /** What of the domain, or instead of one: `snapshot s1`, `disk vdb`, `volume a.qcow2 in pool images`; '' for a domain as a whole. */
  readonly object: string;
  /** Name or UUID of the domain, as the command names it. */
  readonly domain?: string;
}

interface Changing {
  readonly args: readonly string[];
  readonly document?: { readonly text: string };
}

/** What kind of thing a family of commands is about, and the options that name it. */
const families: readonly (readonly [prefix: string, kind: string, ...options: string[]])[] = [
  ['vol-', 'volume', 'newname', 'name', 'vol'],
  ['pool-', 'pool', 'pool'],
  ['net-', 'network', 'network'],
  ['snapshot-', 'snapshot', 'snapshotname', 'name'],
  ['checkpoint-', 'checkpoint', 'checkpointname', 'name'],
];

export function changeOf({ args, document }: Changing): Change {
  const [verb = '', ...rest] = args;
  const options = new Map(rest.flatMap((word) => optionOf(word) ?? []));
  const root = document ? parseXml(document.text).root : null;
  const family = families.find(([prefix]) => verb.startsWith(prefix));
  const named = family
    ?.slice(2)
    .map((option) => options.get(option))
    .find((value) => value !== undefined);
  const pool = family?.[1] === 'volume' ? options.get('pool') : undefined;
  const object = root
    ? ofDocument(root)
    : [family && [family[1], named].join(' ').trim(), pool && say`in pool ${pool}`].filter(Boolean).join(' ');
  const domain = options.get('domain') ?? (root?.name === 'domain' ? textOf(child(root, 'name')) : undefined);
  return { verb, object, ...(domain === undefined ? {} : { domain }) };
}

/** `--domain=vm1` → domain, vm1. */
function optionOf(word: string): readonly [readonly [string, string]] | undefined {
  const [, name, value] = /^--([\w-]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? undefined : [[name, value]];
}

/** A device by what tells it from others; everything else by its name. */
function ofDocument(root: XmlElement): string {
  if (root.name === 'domain') return '';
  const mark =
    attributeValue(child(root, 'target'), 'dev') ??
    attributeValue(child(root, 'mac'), 'address') ??
    textOf(child(root, 'name'));
  return `${root.name} ${mark}`.trim();
}
