/** The plan of a clone as Markdown: what will be made, copied, shared and changed. */
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import type { ClonePlan, DiskPlan } from '../../../../virsh/src/index.ts';

/** Everything that the clone will do, before it does anything. */
export function clonePlanPage(plan: ClonePlan, host: string): string {
  const { source, name, uuid, macs, disks, nvram, changes, warnings } = plan;
  const parts = [
    `# Clone ${code(source.name)} as ${code(name)} on ${code(host)}`,
    'Nothing has happened yet. If the cloning fails or is cancelled, what it made is removed again, and nothing else.',
    table(
      ['', 'of the source', 'of the clone'],
      [
        ['name', code(source.name), code(name)],
        ['UUID', code(source.uuid), code(uuid)],
        ...macs.map(({ from, to }) => ['MAC address', code(from), code(to)]),
      ],
    ),
    '## Disks',
    disks.length === 0 ? 'There are none.' : table(['disk', 'what happens', 'where'], disks.map(diskRow)),
    ...(nvram ? ['## UEFI variables', nvramSentence(nvram)] : []),
    ...section('## Also changed', changes),
    ...section('## Look at this', warnings),
  ];
  return `${parts.join('\n\n')}\n`;
}

function diskRow(disk: DiskPlan): string[] {
  switch (disk.action) {
    case 'copy':
      return [
        code(disk.target),
        `copied, about ${roundedSize(disk.copy.bytes)}`,
        `${code(disk.copy.fromPath)} → ${code(disk.copy.toPath)}`,
      ];
    case 'share':
      return [code(disk.target), `shared: ${disk.reason}`, code(disk.source)];
    case 'empty':
      return [code(disk.target), 'empty drive, stays empty', ''];
  }
}

function nvramSentence(nvram: NonNullable<ClonePlan['nvram']>): string {
  return nvram.action === 'copy'
    ? `Copied: ${code(nvram.copy.fromPath)} → ${code(nvram.copy.toPath)}`
    : `Made afresh from the firmware's template at the first start (the source has ${code(nvram.was)}).`;
}

function section(heading: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [heading, sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A name or a path as it is, whatever characters it has: between more backticks than it contains. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A sentence in which names may stand: nothing of it is Markdown. */
function escaped(sentence: string): string {
  return sentence.replaceAll(/[\\`*_[\]<>|]/g, '\\$&');
}
