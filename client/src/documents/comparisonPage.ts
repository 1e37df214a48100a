/** A VM three times, as Markdown: in a file, in its definition on the host, in the running guest. */
import { say } from '../../../server/src/l10n/say.ts';
import type { Change } from '../../../virsh/src/index.ts';
import { escaped, table } from './markdown.ts';

export interface Comparison {
  readonly name: string;
  readonly host: string;
  /** Changes from the definition to the file; undefined where there is no file. */
  readonly inFile: readonly Change[] | undefined;
  readonly fileName: string | undefined;
  /** Changes from the running guest to the definition; undefined where it is off. */
  readonly pending: readonly Change[] | undefined;
}

interface Row {
  readonly place: string;
  file?: string;
  definition?: string;
  live?: string;
}

const NOTHING = '–';
const SAME = '=';

/** One row for each part of the VM that is not the same everywhere. */
export function comparisonPage({ name, host, inFile, fileName, pending }: Comparison): string {
  const parts = [say`# ${escaped(name)} on ${escaped(host)}`];
  const rows = toRows(inFile ?? [], pending ?? []);
  if (rows.length === 0) {
    parts.push(everywhere(inFile !== undefined, pending !== undefined));
    return `${parts.join('\n\n')}\n`;
  }
  const columns: (readonly [string, (row: Row) => string])[] = [
    ['', ({ place }) => escaped(place)],
    ...(inFile ? [[escaped(fileName ?? say`File`), ({ file }: Row) => cell(file)] as const] : []),
    [say`Definition`, ({ definition }) => cell(definition)],
    ...(pending ? [[say`Running guest`, ({ live }: Row) => cell(live)] as const] : []),
  ];
  parts.push(
    table(
      columns.map(([head]) => head),
      rows.map((row) => columns.map(([, read]) => read(row))),
    ),
  );
  parts.push(
    say`${SAME} the same as the definition. ${NOTHING} it is not there. Addresses, aliases and ports that libvirt assigns are left out.`,
  );
  if (pending?.length) {
    const sentences = pending.map(
      ({ message, live }) => `- ${escaped(message)}${live ? say` Now: ${escaped(live)}.` : ''}`,
    );
    parts.push(say`## The running guest gets this at its next cold start`, sentences.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function toRows(inFile: readonly Change[], pending: readonly Change[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { place, from, to } of inFile)
    rows.set(place, { place, file: to ?? NOTHING, definition: from ?? NOTHING });
  for (const { place, from, to } of pending) {
    const row = rows.get(place) ?? { place };
    rows.set(place, { ...row, definition: row.definition ?? to ?? NOTHING, live: from ?? NOTHING });
  }
  return [...rows.values()];
}

function everywhere(hasFile: boolean, isRunning: boolean): string {
  if (hasFile && isRunning) return say`File, definition and running guest say the same.`;
  if (hasFile) return say`File and definition say the same. The guest is off.`;
  return isRunning
    ? say`The guest runs as it is defined.`
    : say`The guest is off, and no file is known to belong to it.`;
}

function cell(text: string | undefined): string {
  return text === undefined ? SAME : escaped(text);
}
