/** The documentation of a path, for the command line: `domain/devices/disk[@type='file']/source/@startupPolicy`. */
import { laterRelease } from '../grammar/release.ts';
import { cardFor } from '../knowledge/cards.ts';
import { documentedParts, elementDocumentation, headingsFor, partDocumentation } from '../knowledge/documentation.ts';
import type { Documentation } from '../knowledge/documentationFile.ts';
import { firstRelease } from '../knowledge/firstRelease.ts';
import { isPattern, match, patternText, readPattern } from '../knowledge/pathPattern.ts';
import type { Place } from '../knowledge/place.ts';
import { say } from '../l10n/say.ts';
import { particularsOf, particularsText } from './documentationText.ts';

/** @returns Markdown, or undefined where nothing is known of such a path */
export function explainPath(path: string): string | undefined {
  const [, elements = path, part] = /^(.*?)(?:\/(@[\w:.-]+(?:='[^']*')?))?$/.exec(path) ?? [];
  if (!isPattern(elements)) return undefined;
  const place = placeIn(elements);
  const entry = elementDocumentation(place);
  const found = part === undefined ? entry : partDocumentation(place, part);
  const bare = place.map(({ name }) => name).join('/') + (part === undefined ? '' : `/${part}`);
  const card = cardFor(path) ?? cardFor(bare);
  if (!found && !card) return undefined;
  const since = laterRelease(particularsOf(found).since, firstRelease(bare));
  return [
    `# ${card?.title ?? path}`,
    card?.markdown ?? found?.documentation.text,
    particularsText({ ...particularsOf(found), since }),
    ...(part === undefined && entry ? [partsText(documentedParts(place)), variantsText(place)] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function partsText(parts: ReadonlyMap<string, Documentation>): string {
  return [...parts].map(([key, part]) => `- \`${key}\`: ${partText(part)}`).join('\n');
}

function partText({ text, ...particulars }: Documentation): string {
  return [text, particularsText(particulars)].filter(Boolean).join(' ');
}

/** What attributes that the path does not name would decide. */
function variantsText(place: readonly Place[]): string {
  const variants = headingsFor(place)
    .filter(({ pattern }) => match(pattern, place)?.length !== 0)
    .map(({ pattern }) => `- ${patternText(pattern)}`);
  return variants.length === 0 ? '' : say`More is known of:\n${variants.join('\n')}`;
}

function placeIn(path: string): Place[] {
  return readPattern(path).map(({ name, conditions }) => ({
    name,
    values: (attribute) => {
      const condition = conditions.find((one) => one.attribute === attribute);
      return condition && [...condition.oneOf];
    },
  }));
}
