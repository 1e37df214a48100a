/** Regular expressions of XML Schema as those of JavaScript. They always match the whole value. */

const escapes: Record<string, { inside: string; outside: string }> = {
  s: { inside: ' \\t\\n\\r', outside: '[ \\t\\n\\r]' },
  S: { inside: '\\S', outside: '[^ \\t\\n\\r]' },
  i: { inside: 'A-Za-z_:', outside: '[A-Za-z_:]' },
  c: { inside: '\\-\\w.:', outside: '[\\-\\w.:]' },
};

/** `^` and `$` are ordinary characters there, and `.` excludes both line ends. */
export function xsdRegExp(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '\\') {
      const escaped = pattern[++i] ?? '';
      const known = escapes[escaped];
      source += known ? (depth ? known.inside : known.outside) : `\\${escaped}`;
    } else if (depth === 0 && (character === '^' || character === '$')) source += `\\${character}`;
    else if (depth === 0 && character === '.') source += '[^\\n\\r]';
    else {
      if (character === '[') depth++;
      if (character === ']') depth--;
      source += character;
    }
  }
  return new RegExp(`^(?:${source})$`);
}
