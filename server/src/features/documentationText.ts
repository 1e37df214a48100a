/** The documentation of an element, attribute or value as Markdown. */
import { shortRelease } from '../grammar/release.ts';
import type { Found } from '../knowledge/documentation.ts';
import type { Documentation } from '../knowledge/documentationFile.ts';
import { say } from '../l10n/say.ts';

/** What is told in the same words of everything, whether a card or a text explains it. */
export interface Particulars {
  readonly default?: string | undefined;
  readonly unit?: string | undefined;
  /** A libvirt release such as `9.5.0`. */
  readonly since?: string | undefined;
  readonly link?: string | undefined;
}

/** One line: default, unit, the release that brought it, libvirt's page; '' where nothing is known. */
export function particularsText({ default: usual, unit, since, link }: Particulars): string {
  return [
    usual && say`Default: ${usual}.`,
    unit && say`Unit: ${unit}.`,
    since && say`Since libvirt ${shortRelease(since)}.`,
    link && say`[libvirt's page](${link})`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function particularsOf(found: Found<Documentation> | undefined): Particulars {
  return found ? { ...found.documentation, link: found.link } : {};
}
