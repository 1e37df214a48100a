/** The plan of a clone as Markdown: what will be made, copied, shared and changed. */
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import {
  type ClonePlan,
  type CopyWay,
  type DiskPlan,
  type IdentityRow,
  placeText,
  quoteForShell,
} from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

/** Everything that the clone will do, before it does anything. `host` is the source's. */
export function clonePlanPage(plan: ClonePlan, host: string): string {
  const { name, identity, disks, nvram, changes, warnings } = plan;
  const parts = [
    `# ${title(plan, host)}`,
    'Nothing has happened yet. If the cloning fails or is cancelled, what it made is removed again, and nothing else.',
    ...(plan.method === 'linked' ? [danger(plan)] : []),
    table(['', 'of the source', 'of the clone', '', 'why'], identity.map(identityCells)),
    elsewhereSentence(plan),
    '## Disks',
    disks.length === 0 ? 'There are none.' : table(['disk', 'what happens', 'where'], disks.map(diskRow)),
    ...(nvram ? ['## UEFI variables', nvramSentence(nvram)] : []),
    ...networkSection(plan),
    ...section('## Also changed', changes),
    ...section('## Look at this', warnings),
    ...guestsOwn(plan, name),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function title({ source, name, target, method }: ClonePlan, host: string): string {
  const what: Readonly<Record<ClonePlan['method'], string>> = {
    full: 'Clone',
    linked: 'Linked clone of',
    definition: 'Definition of',
  };
  const where = target === undefined ? code(host) : `${code(target)}, from ${code(host)}`;
  return `${what[method]} ${code(source.name)} as ${code(name)} on ${where}`;
}

/** What a linked clone means for its source, said where nobody can miss it. */
function danger({ source, name }: ClonePlan): string {
  return `> **The disks of ${code(source.name)} become the base of ${code(name)}.** They must never be written to again: starting ${code(source.name)} even once, resizing, moving or deleting its disks destroys the clone. A full copy has none of this.`;
}

function identityCells({ what, from, to, fate, why }: IdentityRow): string[] {
  return [what, code(from), to === undefined ? '' : code(to), fate, escaped(why)];
}

/** Which further hosts were asked whether they have the new addresses. */
function elsewhereSentence({ elsewhere: { asked, notAsked } }: ClonePlan): string {
  const free =
    asked.length === 0
      ? ''
      : `The new MAC addresses and the UUID are free on ${asked.map(({ host }) => code(host)).join(', ')} too.`;
  const unknown = notAsked.map(({ host, reason }) => `${code(host)} (${escaped(reason)})`).join(', ');
  return [free, unknown && `Not asked whether they have them: ${unknown}`].filter(Boolean).join(' ');
}

const ways: Readonly<Record<CopyWay, string>> = {
  clone: 'copied',
  link: 'a new image over it',
  send: 'sent as it is',
  flatten: 'made into one image without backing files, and sent',
  pack: 'sent without its holes',
};

function diskRow(disk: DiskPlan): string[] {
  const target = code(disk.target);
  switch (disk.action) {
    case 'copy': {
      const { way, bytes, fromPath, toPath } = disk.copy;
      const size = way === 'link' ? '' : `, about ${roundedSize(bytes)}`;
      return [target, ways[way] + size, `${code(fromPath)} → ${code(toPath)}`];
    }
    case 'share':
      return [target, `shared: ${disk.reason}`, code(disk.source)];
    case 'later':
      return [
        target,
        'not made: the definition names a file that is to come',
        `${code(disk.source)} → ${code(disk.to)}`,
      ];
    case 'eject':
      return [target, `an empty drive: ${escaped(disk.reason)}`, code(disk.source)];
    case 'remove':
      return [target, `left out: it ${escaped(disk.reason)}`, code(disk.source)];
    case 'empty':
      return [target, 'empty drive, stays empty', ''];
  }
}

function nvramSentence(nvram: NonNullable<ClonePlan['nvram']>): string {
  return nvram.action === 'copy'
    ? `Copied: ${code(nvram.copy.fromPath)} → ${code(nvram.copy.toPath)}`
    : `Made afresh from the firmware's template at the first start (the source has ${code(nvram.was)}).`;
}

function networkSection({ networks, target }: ClonePlan): string[] {
  if (target === undefined || networks.length === 0) return [];
  const rows = networks.map(({ from, to }) => [escaped(placeText(from)), escaped(placeText(to))]);
  return ['## Networks', table(['of the source', `on ${code(target)}`], rows)];
}

function section(heading: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [heading, sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n')];
}

/** What lies inside the copied disks, where libvirt does not look. */
function guestsOwn({ disks }: ClonePlan, name: string): string[] {
  if (!disks.some(({ action }) => action === 'copy')) return [];
  const command = `virt-sysprep --domain=${quoteForShell(name)}`;
  return [
    "## The guest's own identity",
    'Inside its disks the clone is still the source: the same host name, machine ID (`/etc/machine-id`, from which systemd makes the ID that a DHCP server knows it by), SSH host keys, and addresses that are set by hand. On Windows it is the SID and the name (sysprep).',
    `Where virt-sysprep is installed on the host, it removes them before the first start: ${code(command)}`,
  ];
}
