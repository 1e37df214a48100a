/**
 * Passwords kept out of whatever is written down. None is ever put into an argument, where every user of the machine could read it; but a URI of
 * the user's may contain one, and error messages quote the XML that was sent.
 */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, descendants, textOf } from '../../../server/src/xml/query.ts';

const hidden = '***';

/** Options of virsh that take a secret value as an argument, and commands that have no other way to take one. */
const secretOptions: ReadonlySet<string> = new Set(['--password', '--base64', '--auth-password']);
const secretCommands: ReadonlySet<string> = new Set(['set-user-password']);

/** Arguments that would show a secret in the list of processes are a bug of the caller's. */
export function refuseSecrets(args: readonly string[]): void {
  const [command = ''] = args;
  const found = args.find((word) => secretOptions.has(word.split('=', 1)[0] ?? ''));
  const at = secretCommands.has(command) ? command : found;
  if (at !== undefined) throw new RangeError(`${at.split('=', 1)[0]} would show a secret in the list of processes`);
}

const name = '[\\w-]{0,32}(?:passw(?:or)?d|passphrase|secret[_-]?(?:data|value)|api[_-]?key|token)';

/** What stands for a secret, wherever it is printed; the first group stays. */
const patterns: readonly RegExp[] = [
  // qemu+ssh://user:PASSWORD@host
  /(:\/\/[^\s/?#:@]*:)[^\s/?#@]+(?=@)/g,
  // passwd='PASSWORD', perhaps cut off
  new RegExp(`(\\b${name}\\s*=\\s*(["']))(?:(?!\\2).)+`, 'gi'),
  // <password>PASSWORD</password>
  new RegExp(`(<(?:\\w+:)?${name}\\b[^<>]*>)[^<]+`, 'gi'),
  // {"password":"PASSWORD"}, {"qom-type":"secret","data":"…"}
  new RegExp(`("(?:data|${name})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi'),
  // password=PASSWORD among the arguments of QEMU and of ssh
  new RegExp(`(\\b${name}=)(?!["'])[^\\s,&;'"]+`, 'gi'),
  // sshpass -p PASSWORD
  /(\bsshpass\s+-p\s*)(?:'[^']*'|"[^"]*"|[^\s'"]+)/g,
];

/** libxml2 shows the line of the document that it stopped at, or a part of it, above a caret. */
const quotedLine = /^.*(?=\r?\n-*\^\s*$)/gm;

/** The text without passwords: those that it names as such, those of the document that it is about, and any line quoted from a document. */
export function withoutSecrets(text: string, document?: string): string {
  let shown = text.replace(quotedLine, '…');
  for (const pattern of patterns) shown = shown.replace(pattern, `$1${hidden}`);
  for (const secret of document === undefined ? [] : secretsOf(document)) shown = shown.replaceAll(secret, hidden);
  return shown;
}

const isSecret = new RegExp(`^(?:\\w+:)?${name}$`, 'i');
/** Shorter ones would be found in every word. */
const shortestSecret = 3;

/** The values that a document gives as passwords, longest first: one may be part of another. */
function secretsOf(document: string): readonly string[] {
  const { root } = parseXml(document);
  const found = new Set<string>();
  for (const element of root ? descendants(root) : []) {
    if (isSecret.test(element.name)) found.add(textOf(element));
    for (const { name: attribute } of element.attributes)
      if (isSecret.test(attribute)) found.add(attributeValue(element, attribute) ?? '');
  }
  return [...found].filter(({ length }) => length >= shortestSecret).sort((a, b) => b.length - a.length);
}
