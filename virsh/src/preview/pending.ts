/** What a running guest still lacks of its definition: the changes that wait for its next cold start. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { isAssigned } from './assigned.ts';
import { type Change, toChange } from './changes.ts';
import { type Divergence, divergences } from './divergences.ts';

/** Changes from the XML of a running guest to its definition. */
export function pendingChanges(liveXml: string, definitionXml: string): readonly Change[] {
  const [live, definition] = [parseXml(liveXml).root, parseXml(definitionXml).root];
  if (!live || !definition) return [];
  return divergences(live, definition)
    .filter((divergence) => !isOfTheRun(divergence) && !isAssigned(divergence))
    .map(toChange);
}

/** What tells of the run, and of nothing that the definition says. */
const ofTheRun: readonly RegExp[] = [
  /^domain@id$/,
  // As the balloon is at the moment.
  /^domain\/currentMemory$/,
  /^domain\/devices\/\w+\/alias\b/,
  /^domain\/devices\/disk\/(backingStore|mirror)\b/,
  /^domain\/devices\/disk(\/.*)?\/source@index$/,
  /^domain\/devices\/(console|serial)@tty$/,
  /^domain\/devices\/channel\/target@state$/,
  /^domain\/devices\/interface\/source@portid$/,
  /^domain\/cpu@check$/,
  /^domain\/cpu\/model@fallback$/,
];

/** What a start decides where the definition does not say it. */
const decidedAtStart: readonly RegExp[] = [
  /^domain\/(resource|seclabel|vcpus)\b/,
  /^domain\/os\/(loader|nvram|firmware)\b/,
  /^domain\/cpu\b/,
  /^domain\/devices\/(serial|parallel|console|channel|redirdev)\/source\b/,
  /^domain\/devices\/interface\/(target|backend|actual|source@bridge)\b/,
  /^domain\/devices\/graphics(@|\/)listen\b/,
  /^domain\/devices\/hostdev\/driver\b/,
];

function isOfTheRun(divergence: Divergence): boolean {
  const { path, kind, right } = divergence;
  const isUnsaid = kind === 'only-left' || (kind === 'attribute' && !divergence.inRight);
  const patterns = isUnsaid ? [...ofTheRun, ...decidedAtStart] : ofTheRun;
  return patterns.some((pattern) => pattern.test(path)) || (/^domain\/cpu\b/.test(path) && isLeftToHost(right));
}

/** A start spells out the model that the definition left to the host. */
function isLeftToHost(inCpu: XmlElement): boolean {
  for (let at: XmlElement | null = inCpu; at; at = at.parent) {
    if (at.name === 'cpu') return !['custom', undefined].includes(attributeValue(at, 'mode'));
  }
  return false;
}
