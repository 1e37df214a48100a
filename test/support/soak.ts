/** Somebody edits for a long time: the server's memory while keys are pressed, hovers and completions asked for, files opened and closed. */
import { once } from 'node:events';
import path from 'node:path';
import { domainOf } from '../bench/documents.ts';
import { sampleDomains } from '../unit/xml/sampleDomains.ts';
import { LanguageServer } from './languageServer.ts';
import type { Random } from './random.ts';
import { ROOT } from './root.ts';

/** What a person types, completes, hovers in a minute. */
export const KEYSTROKES_A_MINUTE = 120;
const HOVERED_ONE_IN = 10;
const COMPLETED_ONE_IN = 8;
/** So often a file is closed and another opened. */
const CLOSED_ONE_IN = 200;
const LINES_OF_A_LONG_FILE = 600;
const MEBIBYTE = 1024 ** 2;

/** How often the memory is looked at in a run. */
const SAMPLES = 10;

/**
 * What the grammar remembers of names that were typed fills up in the first half hour; then memory is flat to some tenths. Six kilobytes that
 * are kept of each keystroke are more than this after a quarter of an hour already: a tree of the document is a hundred.
 */
export const MOST_GROWTH_MIB = 5;

/** MiB by which the heap grew in the second half; what is compiled, read and remembered once comes before. */
export function growthOf(samples: readonly number[]): number {
  return Math.min(...samples.slice(-2)) - Math.max(...samples.slice(SAMPLES / 2 - 2, SAMPLES / 2));
}

/** The built server, and in its process what tells how much its heap holds. */
const probe = path.join(ROOT, 'test/support/heapProbe.cjs');
const probed = [process.execPath, '--expose-gc', '--require', probe, path.join(ROOT, 'dist/server.js'), '--stdio'];

/** Presses so many keys over standard streams. @returns MiB of the heap that are in use, tenth by tenth */
export async function soak(keystrokes: number, random: Random): Promise<readonly number[]> {
  const server = await LanguageServer.start({ command: probed, isProbed: true });
  const samples: number[] = [];
  const every = Math.ceil(keystrokes / SAMPLES);
  const texts = [domainOf(LINES_OF_A_LONG_FILE), ...sampleDomains].filter((text) => text.includes('<devices>'));
  let opened = 0;
  let editor = await Editor.open(server, texts[0] ?? '', opened);
  for (let key = 0; key < keystrokes; key++) {
    await editor.press(random);
    if (key % HOVERED_ONE_IN === 0) await editor.hover();
    if (key % COMPLETED_ONE_IN === 0) await editor.complete();
    if (key % CLOSED_ONE_IN === CLOSED_ONE_IN - 1) {
      await editor.close();
      opened++;
      editor = await Editor.open(server, texts[opened % texts.length] ?? '', opened);
    }
    if ((key + 1) % every === 0) samples.push((await heapBytes(server)) / MEBIBYTE);
  }
  await server.stop();
  return samples;
}

/** Bytes that the server's process holds after its collector has run. */
async function heapBytes({ process: child }: LanguageServer): Promise<number> {
  child.send('heap');
  const [bytes] = await once(child, 'message');
  return Number(bytes);
}

/** A file in which keys are pressed: what is typed at a place is taken away again soon after, so that the file stays what it is. */
class Editor {
  private version = 1;
  private typed = 0;
  private place: { readonly line: number; readonly character: number };

  private constructor(
    private readonly server: LanguageServer,
    private readonly uri: string,
    private readonly lines: number,
    /** Among the devices: what is typed in front of the root may make the file another than libvirt's. */
    private readonly first: number,
  ) {
    this.place = { line: first, character: 0 };
  }

  static async open(server: LanguageServer, text: string, number: number): Promise<Editor> {
    const uri = `file:///soak-${number}.xml`;
    await server.open(uri, text);
    const lines = text.split('\n');
    return new Editor(server, uri, lines.length, lines.findIndex((line) => line.includes('<devices>')) + 1);
  }

  async press(random: Random): Promise<void> {
    const { line, character } = this.place;
    const goesElsewhere = this.typed >= 6;
    const end = { line, character: character + this.typed };
    const change = goesElsewhere
      ? { range: { start: this.place, end }, text: '' }
      : { range: { start: end, end }, text: random.pick(['<', 'd', 'i', 's', 'k', ' ', '>', "'"]) };
    this.typed = goesElsewhere ? 0 : this.typed + 1;
    if (goesElsewhere) this.place = { line: this.first + random.below(this.lines - this.first - 1), character: 0 };
    this.version++;
    await this.server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [change],
    });
    await this.server.diagnostics(this.uri, this.version);
    this.server.forgetPublished();
  }

  async hover(): Promise<void> {
    await this.server.hover(this.uri, { line: this.place.line, character: 6 });
  }

  async complete(): Promise<void> {
    await this.server.completion(this.uri, { line: this.place.line, character: this.typed });
  }

  async close(): Promise<void> {
    await this.server.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri } });
  }
}
