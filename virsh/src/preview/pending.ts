/** What a running guest still lacks of its definition: the changes that wait for its next cold start. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
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

/** What every start writes into the live XML, by path. */
const ofTheRun: readonly RegExp[] = [
  /^domain@id$/,
  /^domain\/(resource|seclabel)\b/,
  /^domain\/currentMemory$/,
  /^domain\/vcpu@current$/,
  /^domain\/vcpus\b/,
  /^domain\/os\/(loader|nvram|firmware)\b/,
  /^domain\/devices\/\w+\/alias\b/,
  /^domain\/devices\/disk\/(backingStore|mirror)\b/,
  /^domain\/devices\/disk(\/.*)?\/source@index$/,
  /^domain\/devices\/(serial|parallel|console|channel|redirdev)\/source\b/,
  /^domain\/devices\/(console|serial)@tty$/,
  /^domain\/devices\/channel\/target@state$/,
  /^domain\/devices\/interface\/(target|backend|actual)\b/,
  /^domain\/devices\/interface\/source@(portid|bridge)$/,
  /^domain\/devices\/graphics@(port|tlsPort|websocket)$/,
  /^domain\/devices\/hostdev\/driver\b/,
  /^domain\/devices\/\w+\/address\b/,
];

/** What a start decides where the definition does not say it. */
const decidedAtStart = /^domain\/devices\/graphics(@listen|\/listen@address|\/listen)$/;

function isOfTheRun(divergence: Divergence): boolean {
  const { path, kind, left, right } = divergence;
  if (ofTheRun.some((pattern) => pattern.test(path))) return true;
  const isUnsaid = kind === 'only-left' || (kind === 'attribute' && !divergence.inRight);
  if (isUnsaid && decidedAtStart.test(path)) return true;
  if (!/^domain\/cpu\b/.test(path)) return false;
  // A start spells out the model that the definition left to the host, and the features that the host adds.
  const cpu = right.name === 'cpu' ? right : right.parent && child(right.parent, 'cpu');
  const isByHost = (attributeValue(cpu ?? undefined, 'mode') ?? 'custom') !== 'custom';
  return (
    isByHost ||
    kind === 'only-left' ||
    path === 'domain/cpu@check' ||
    path === 'domain/cpu/model@fallback' ||
    left.name === 'feature'
  );
}
