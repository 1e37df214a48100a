/** In which of the known libvirt releases something of a document exists. */
import { grammarsOf } from '../grammar/chosen.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { compareReleases, shortRelease } from '../grammar/release.ts';
import { say } from '../l10n/say.ts';
import type { XmlDocument } from '../xml/tree.ts';

export interface Described<Description> {
  /** By the release that the document is written for; by the nearest newer or else older one where that knows nothing of it. */
  readonly description: Description | undefined;
  /** A sentence, where not every known release has it yet; else ''. */
  readonly came: string;
  /** The same where not every known release has it still. */
  readonly gone: string;
}

/**
 * @param describe what a grammar says of the thing; undefined where it does not know it
 * @param since the release that brought it, where it is known; not told unless the schemas agree
 * @param has whether a description is of the very thing: an attribute may be known, and its value not
 */
export function describedIn<Description>(
  document: XmlDocument,
  describe: (grammar: Grammar) => Description | undefined,
  since: string | undefined,
  has: (description: Description) => boolean = () => true,
): Described<Description> {
  const grammars = grammarsOf(document);
  if (!grammars) return { description: undefined, came: '', gone: '' };
  const { all, target } = grammars;
  const told = all.withSchema.map((release) => ({ release, description: describe(all.at(release)) }));
  const known = told.filter(({ description }) => description !== undefined);
  const nearest = known.find(({ release }) => release >= target) ?? known.at(-1);
  const owners = told.map(({ description }) => description !== undefined && has(description));
  return {
    description: nearest?.description,
    ...inWords(
      owners,
      all.withSchema.map((one) => all.releases[one] ?? ''),
      since,
    ),
  };
}

/** Nothing of what was always there, or never. */
function inWords(
  owners: readonly boolean[],
  releases: readonly string[],
  since: string | undefined,
): Pick<Described<unknown>, 'came' | 'gone'> {
  const first = owners.indexOf(true);
  const last = owners.lastIndexOf(true);
  const release = (index: number): string => releases[index] ?? '';
  const name = (index: number): string => shortRelease(release(index));
  const agreed =
    since !== undefined &&
    compareReleases(since, release(first - 1)) > 0 &&
    compareReleases(since, release(first)) <= 0;
  const came = agreed
    ? say`Since libvirt ${shortRelease(since)}.`
    : say`Not in libvirt ${name(first - 1)}; in ${name(first)}.`;
  const gone = say`No more in libvirt ${name(last + 1)}; in ${name(last)}.`;
  return {
    came: first > 0 ? came : '',
    gone: first >= 0 && last < owners.length - 1 ? gone : '',
  };
}
