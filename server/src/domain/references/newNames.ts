/** What libvirt takes as a name of each kind, and what follows from a name besides. */

import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { attributeValue, child } from '../../xml/query.ts';
import { parseTargetName } from '../diskTarget.ts';
import { numberOfAnyBase, wholeNumber } from '../numbers.ts';
import { isUuid, uuidDigits } from '../uuid.ts';
import type { EntityKind } from './kinds.ts';
import type { Entity, Site } from './site.ts';

export type NewName =
  | { readonly ok: true; readonly name: string }
  /** Why the name can't be. */
  | { readonly ok: false; readonly problem: string };

type Check = (text: string, old: Entity, definitions: readonly Site[]) => NewName;

const good = (name: string): NewName => ({ ok: true, name });
const bad = (problem: string): NewName => ({ ok: false, problem });

const numberFrom =
  (least: number, read = wholeNumber): Check =>
  (text) => {
    const number = read(text);
    return number !== undefined && number >= least
      ? good(String(number))
      : bad(say`${text} is no whole number of ${least} or more.`);
  };
const matching =
  (pattern: RegExp, problem: Phrase): Check =>
  (text) =>
    pattern.test(text) ? good(text) : bad(String(problem));
/** libvirt keeps objects of these kinds in files of their names. */
const fileName = matching(/^[^/\n]+$/, phrase`A name is not empty, and has no \`/\` in it.`);
const anything = matching(/^[^\n]+$/, phrase`A name is not empty.`);

const checks: Readonly<Partial<Record<EntityKind, Check>>> = {
  iothread: numberFrom(1),
  audio: numberFrom(1),
  controller: (text, old, definitions) => {
    const type = old.name.replace(/ .*/, '');
    const checked = numberFrom(0, numberOfAnyBase)(text, old, definitions);
    if (old.name === 'pci 0') return bad(say`PCI bus 0 is that of the machine itself.`);
    return checked.ok ? good(`${type} ${checked.name}`) : checked;
  },
  alias: matching(
    /^ua-[\w-]+$/,
    phrase`libvirt keeps aliases that begin with \`ua-\` and have letters, digits, \`_\` and \`-\` only; all others it makes anew at each start.`,
  ),
  'disk-target': (text, _old, definitions) => {
    const parsed = parseTargetName(text);
    if (!parsed || parsed.partition !== undefined)
      return bad(say`${text} is no name of a disk such as vda, sdb or hdc.`);
    const other = definitions.find(({ element }) => changesBus(element.parent ?? element, parsed.prefix));
    return other
      ? bad(
          say`The disk has no \`bus\`: with a name in ${parsed.prefix}… it would move to another one. Write its bus first.`,
        )
      : good(text);
  },
  secret: (text) => (isUuid(text) ? good(uuidDigits(text)) : bad(say`${text} is no UUID.`)),
  network: fileName,
  filter: fileName,
  pool: fileName,
  snapshot: fileName,
  checkpoint: fileName,
};

/** A name in the one spelling of its kind, or why libvirt would not take it. */
export function newName(text: string, old: Entity, definitions: readonly Site[]): NewName {
  return (checks[old.kind] ?? anything)(text.trim(), old, definitions);
}

/** Without a `bus` the beginning of the name decides on it. */
function changesBus(disk: Site['element'], prefix: string): boolean {
  const target = child(disk, 'target');
  const before = parseTargetName(attributeValue(target, 'dev') ?? '')?.prefix;
  return attributeValue(target, 'bus') === undefined && before !== prefix;
}
