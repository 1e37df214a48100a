/** Controllers of one type that have one index. */
import { type Controller, controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

/** Every type but USB, where an EHCI controller and its companions share an index (see devices/usb-index-twice). */
function* duplicates(domain: Domain): Generator<Refused> {
  const types = new Set(domain.devices('controller').map((element) => attributeValue(element, 'type') ?? ''));
  types.delete('usb');
  for (const type of types) yield* duplicatesOf(controllersOf(domain, type), type, domain);
}

function* duplicatesOf(controllers: readonly Controller[], type: string, domain: Domain): Generator<Refused> {
  const seen = new Map<number, Controller>();
  const taken = new Set(controllers.map(({ index }) => index));
  let free = 1;
  for (const controller of controllers) {
    const { element, index } = controller;
    if (index === undefined) continue;
    const first = seen.get(index);
    if (!first) {
      seen.set(index, controller);
      continue;
    }
    while (taken.has(free)) free++;
    taken.add(free);
    const fresh = String(free);
    yield {
      at: placeOf(element, 'index'),
      message: say`There is another \`${type}\` controller of index ${index}; devices name their controller by type and index, so libvirt refuses two of one index. Take ${fresh}.`,
      related: [relatedTo(placeOf(first.element, 'index'), say`The first \`${type}\` controller ${index}`)],
      get fixes() {
        return [setValueOf(element, 'index', fresh, domain.document), dropElement(element, domain.document)];
      },
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/controller-duplicate', 'consistency-references/controllers', duplicates, {
    anyDriver: true,
    needs: ['controller'],
  }),
];
