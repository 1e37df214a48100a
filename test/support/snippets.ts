/** Snippets as whole documents, so that they can be checked, validated and shown to libvirt. */
import { allSnippets, plainText, type Snippet } from '../../server/src/knowledge/snippets.ts';
import { asDomain } from './rulePages.ts';

const TYPE = "<type arch='x86_64' machine='q35'>hvm</type>";

/** The number of words of the snippet's longest choice; 1 where it has none. */
export function choices({ body }: Snippet): number {
  return Math.max(1, ...[...body.matchAll(/\|([^|]*)\|\}/g)].map(([, words = '']) => words.split(',').length));
}

/** A document with the snippet in it, and with the one that it needs. @param option which word of each choice is taken */
export function documentOf(snippet: Snippet, option: number): string {
  if (snippet.place === 'documents') return `${plainText(snippet, option)}\n`;
  const parts = [snippet, ...allSnippets().filter(({ place, name }) => snippet.needs.includes(`${place}/${name}`))];
  const at = (place: string): string =>
    parts
      .filter((one) => one.place === place)
      .map((one) => plainText(one, option))
      .join('\n');
  const whole = (place: string, always = ''): string =>
    always || at(place) ? `<${place}>${always}${at(place)}</${place}>` : '';
  const isGiven = (place: string): boolean => at('domain').includes(`<${place}`);
  return asDomain(
    [
      at('domain') || '<!-- as it is -->',
      isGiven('os') ? '' : whole('os', TYPE),
      isGiven('features') ? '' : whole('features', '<acpi/><apic/>'),
      whole('devices'),
    ].join('\n'),
  );
}
