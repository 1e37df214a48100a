/**
 * Asks a real libvirt what it makes of documents: hundreds of them through one virsh, which reads its commands from a pipe.
 * `test:///default` checks what every libvirt driver checks; the QEMU driver of a private daemon checks more, and more
 * again when it makes a command line of a definition, which is most of what it checks at start.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratchDirectory } from '../../support/bed/scratch.ts';
import { crashesCommandLine, crashesDefine, withName } from './documents.ts';

export interface Verdict {
  /** 'unasked' where the question would end the daemon. */
  readonly outcome: 'accepted' | 'refused' | 'unasked';
  /** What virsh printed; empty unless refused. */
  readonly reason: string;
}

export const testDriver = 'test:///default';

let named = 0;

/**
 * Does libvirt take the definition? Each document gets a name of its own, and no UUID.
 * @param validate ask libvirt's schema first: slower, and all that refuses a name that libvirt does not know
 */
export function define(uri: string, documents: readonly string[], validate = false): Promise<Verdict[]> {
  const prepare = (text: string) => (crashesDefine(text) ? undefined : withName(text, `asked-${++named}`));
  return ask(uri, validate ? 'define --validate' : 'define', documents.map(prepare));
}

/** Could the QEMU driver start it? Nothing is started: libvirt says what it would run. */
export function commandLine(uri: string, documents: readonly string[]): Promise<Verdict[]> {
  const prepare = (text: string) => (crashesCommandLine(text) ? undefined : withName(text, 'asked'));
  return ask(uri, 'domxml-to-native qemu-argv', documents.map(prepare));
}

/** Does it start, on a daemon that may run guests? Those that do are destroyed before they run. */
export async function start(uri: string, documents: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const text of documents) {
    const name = `asked-${++named}`;
    verdicts.push(
      ...(await ask(uri, 'create --paused', [crashesCommandLine(text) ? undefined : withName(text, name)])),
    );
    await virsh(uri, `destroy ${name}\n`);
  }
  return verdicts;
}

/** What `virsh dumpxml` prints of each definition; of what libvirt does not take, nothing. In one session: the test driver forgets. */
export async function dumps(uri: string, documents: readonly string[]): Promise<string[]> {
  const { directory, remove } = scratchDirectory();
  const commands = documents.flatMap((text) => {
    if (crashesDefine(text)) return [];
    const name = `asked-${++named}`;
    const file = path.join(directory, `${name}.xml`);
    writeFileSync(file, withName(text, name));
    return [`define ${file}\ndumpxml ${name}\n`];
  });
  const { stdout } = await virsh(uri, commands.join(''));
  remove();
  return stdout.match(/^<domain[\s\S]*?^<\/domain>\n\n?/gm) ?? [];
}

/** The libvirt release behind `test:///default`, the tests' own: [9, 0, 0]. */
export async function libvirtRelease(): Promise<readonly number[]> {
  const { stdout } = await virsh(testDriver, 'version\n');
  const [, release] = /Using library: libvirt ([\d.]+)/.exec(stdout) ?? [];
  if (!release) throw new Error(`virsh version printed ${stdout}`);
  return release.split('.').map(Number);
}

const mark = 'end-of-answer';

async function ask(uri: string, command: string, documents: readonly (string | undefined)[]): Promise<Verdict[]> {
  const { directory, remove } = scratchDirectory();
  const commands = documents.map((text, index) => {
    if (text === undefined) return `echo --err ${mark}\n`;
    const file = path.join(directory, `${index}.xml`);
    writeFileSync(file, text);
    return `${command} ${file}\necho --err ${mark}\n`;
  });
  const { stderr } = await virsh(uri, commands.join(''));
  remove();
  const answers = stderr.split(`error: ${mark}\n`).slice(0, -1);
  const ended = answers.findIndex((answer) => answer.includes('error: Disconnected from'));
  if (ended >= 0) throw new Error(`libvirtd ended when it was asked to ${command}:\n${documents[ended]}`);
  if (answers.length !== documents.length)
    throw new Error(`virsh answered ${answers.length} of ${documents.length}: ${stderr.slice(-500)}`);
  return answers.map((answer, index) => {
    if (documents[index] === undefined) return { outcome: 'unasked', reason: '' };
    return { outcome: answer.includes('error: ') ? 'refused' : 'accepted', reason: reasonIn(answer) };
  });
}

function reasonIn(answer: string): string {
  return answer
    .replace(/^error: (Failed to (define|create) domain from .*\n)?/gm, '')
    .replace(/Unable to validate doc against .*\n/, '')
    .trim()
    .replaceAll('\n', ' / ');
}

async function virsh(uri: string, commands: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn('virsh', ['-q', '-c', uri], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    printed.stderr += chunk;
  });
  child.stdin.end(commands);
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return printed;
}
