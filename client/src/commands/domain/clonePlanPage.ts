/** The plan of a clone as Markdown: what will be made, copied, shared and changed. */
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import { type ClonePlan, type DiskPlan, type IdentityRow, quoteForShell } from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

/** Everything that the clone will do, before it does anything. */
export function clonePlanPage(plan: ClonePlan, host: string): string {
  const { source, name, identity, disks, nvram, changes, warnings } = plan;
  const parts = [
    `# Clone ${code(source.name)} as ${code(name)} on ${code(host)}`,
    'Nothing has happened yet. If the cloning fails or is cancelled, what it made is removed again, and nothing else.',
    table(['', 'of the source', 'of the clone', '', 'why'], identity.map(identityCells)),
    '## Disks',
    disks.length === 0 ? 'There are none.' : table(['disk', 'what happens', 'where'], disks.map(diskRow)),
    ...(nvram ? ['## UEFI variables', nvramSentence(nvram)] : []),
    ...section('## Also changed', changes),
    ...section('## Look at this', warnings),
    ...guestsOwn(plan),
  ];
  return `${parts.join('\n\n')}\n`;
}

function identityCells({ what, from, to, fate, why }: IdentityRow): string[] {
  return [what, code(from), to === undefined ? '' : code(to), fate, escaped(why)];
}

/** What lies inside the copied disks, where libvirt does not look. */
function guestsOwn({ disks, name }: ClonePlan): string[] {
  if (!disks.some(({ action }) => action === 'copy')) return [];
  const command = `virt-sysprep --domain=${quoteForShell(name)}`;
  return [
    "## The guest's own identity",
    'Inside its disks the clone is still the source: the same host name, machine ID (`/etc/machine-id`), SSH host keys, and addresses that are set by hand. On Windows it is the SID and the name (sysprep).',
    `Where virt-sysprep is installed on the host, it removes them before the first start: ${code(command)}`,
  ];
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
