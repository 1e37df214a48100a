/** What a translation must share with its English text: places, code, numbers. */

/** One line for each thing that the translation lacks or has too much. `optional`: places that it may not have, as {n}. */
export function differences(english: string, translation: string, optional: ReadonlySet<string> = new Set()): string[] {
  return ASPECTS.flatMap(({ what, pattern, clean = (text) => text }) => {
    const wanted = new Set(
      [...clean(english).matchAll(pattern)].map(([one]) => one).filter((one) => !optional.has(one)),
    );
    const given = new Set([...clean(translation).matchAll(pattern)].map(([one]) => one));
    return [
      ...[...wanted].filter((one) => !given.has(one)).map((one) => `lacks the ${what} ${one}`),
      ...[...given]
        .filter((one) => !wanted.has(one))
        .map((one) => `has the ${what} ${one} that the English text has not`),
    ];
  });
}

interface Aspect {
  readonly what: string;
  readonly pattern: RegExp;
  /** Takes out what looks like it and is something else. */
  readonly clean?: (text: string) => string;
}

const ASPECTS: readonly Aspect[] = [
  { what: 'place', pattern: /\{\d+\}|\{connection\}|\$\d/g },
  { what: 'code', pattern: /`[^`\n]+`/g },
  {
    what: 'number',
    pattern: /(?<![\w.])\d[\d.,]*(?<=\d)/g,
    clean: (text) => text.replace(/`[^`\n]*`|\{\d+\}|\$\d|<[^<>\n]*>/g, ' '),
  },
];
