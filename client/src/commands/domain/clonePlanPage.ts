/** The plan of a clone as Markdown: what will be made, copied, shared and changed. */
import { formatSize, MEBIBYTE } from '../../../../server/src/domain/sizes.ts';
import type { ClonePlan, DiskPlan } from '../../../../virsh/src/index.ts';

/** Everything that the clone will do, before it does anything. */
export function clonePlanPage(plan: ClonePlan, host: string): string {
  const { source, name, uuid, macs, disks, nvram, changes, warnings } = plan;
  const parts = [
    `# Clone ${source.name} as ${name} on ${host}`,
    'Nothing has happened yet. If the cloning fails or is cancelled, what it made is removed again, and nothing else.',
    table(
      ['', 'of the source', 'of the clone'],
      [
        ['name', source.name, name],
        ['UUID', source.uuid, uuid],
        ...macs.map(({ from, to }) => ['MAC address', from, to]),
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
        disk.target,
        `copied, about ${roundedSize(disk.copy.bytes)}`,
        `${disk.copy.fromPath} → ${disk.copy.toPath}`,
      ];
    case 'share':
      return [disk.target, `shared: ${disk.reason}`, disk.source];
    case 'empty':
      return [disk.target, 'empty drive, stays empty', ''];
  }
}

function nvramSentence(nvram: NonNullable<ClonePlan['nvram']>): string {
  return nvram.action === 'copy'
    ? `Copied: ${nvram.copy.fromPath} → ${nvram.copy.toPath}`
    : `Made afresh from the firmware's template at the first start (the source has ${nvram.was}).`;
}

function section(heading: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [heading, sentences.map((sentence) => `- ${sentence}`).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** In whole MiB: a plan is read by people. */
export function roundedSize(bytes: number): string {
  return formatSize(Math.ceil(bytes / MEBIBYTE) * MEBIBYTE);
}
