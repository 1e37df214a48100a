/** The plan of a clone as Markdown: what will be made, copied, shared and changed. */

import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import { type Phrase, phrase, say } from '../../../../server/src/l10n/say.ts';
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
    say`Nothing has happened yet. If the cloning fails or is cancelled, what it made is removed again, and nothing else.`,
    ...(plan.method === 'linked' ? [danger(plan)] : []),
    table(['', say`of the source`, say`of the clone`, '', say`why`], identity.map(identityCells)),
    elsewhereSentence(plan),
    say`## Disks`,
    disks.length === 0 ? say`There are none.` : table([say`disk`, say`what happens`, say`where`], disks.map(diskRow)),
    ...(nvram ? [say`## UEFI variables`, nvramSentence(nvram)] : []),
    ...networkSection(plan),
    ...section(say`## Also changed`, changes),
    ...section(say`## Look at this`, warnings),
    ...guestsOwn(plan, name),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function title({ source, name, target, method }: ClonePlan, host: string): string {
  const where = target === undefined ? code(host) : say`${code(target)}, from ${code(host)}`;
  switch (method) {
    case 'full':
      return say`Clone ${code(source.name)} as ${code(name)} on ${where}`;
    case 'linked':
      return say`Linked clone of ${code(source.name)} as ${code(name)} on ${where}`;
    case 'definition':
      return say`Definition of ${code(source.name)} as ${code(name)} on ${where}`;
  }
}

/** What a linked clone means for its source, said where nobody can miss it. */
function danger({ source, name }: ClonePlan): string {
  return say`> **The disks of ${code(source.name)} become the base of ${code(name)}.** They must never be written to again: starting ${code(source.name)} even once, resizing, moving or deleting its disks destroys the clone. A full copy has none of this.`;
}

const fates: Readonly<Record<IdentityRow['fate'], Phrase>> = {
  new: phrase`new`,
  kept: phrase`kept`,
  shared: phrase`shared`,
};

function identityCells({ what, from, to, fate, why }: IdentityRow): string[] {
  return [what, code(from), to === undefined ? '' : code(to), String(fates[fate]), escaped(why)];
}

/** Which further hosts were asked whether they have the new addresses. */
function elsewhereSentence({ elsewhere: { asked, notAsked } }: ClonePlan): string {
  const free =
    asked.length === 0
      ? ''
      : say`The new MAC addresses and the UUID are free on ${asked.map(({ host }) => code(host)).join(say`, `)} too.`;
  const unknown = notAsked.map(({ host, reason }) => `${code(host)} (${escaped(reason)})`).join(', ');
  return [free, unknown && say`Not asked whether they have them: ${unknown}`].filter(Boolean).join(' ');
}

const ways: Readonly<Record<CopyWay, Phrase>> = {
  clone: phrase`copied`,
  link: phrase`a new image over it`,
  send: phrase`sent as it is`,
  flatten: phrase`made into one image without backing files, and sent`,
  pack: phrase`sent without its holes`,
};

function diskRow(disk: DiskPlan): string[] {
  const target = code(disk.target);
  switch (disk.action) {
    case 'copy': {
      const { way, bytes, fromPath, toPath } = disk.copy;
      const size = way === 'link' ? '' : say`, about ${roundedSize(bytes)}`;
      return [target, ways[way] + size, `${code(fromPath)} → ${code(toPath)}`];
    }
    case 'share':
      return [target, say`shared: ${disk.reason}`, code(disk.source)];
    case 'later':
      return [
        target,
        say`not made: the definition names a file that is to come`,
        `${code(disk.source)} → ${code(disk.to)}`,
      ];
    case 'eject':
      return [target, say`an empty drive: ${escaped(disk.reason)}`, code(disk.source)];
    case 'remove':
      return [target, say`left out: it ${escaped(disk.reason)}`, code(disk.source)];
    case 'empty':
      return [target, say`empty drive, stays empty`, ''];
  }
}

function nvramSentence(nvram: NonNullable<ClonePlan['nvram']>): string {
  return nvram.action === 'copy'
    ? say`Copied: ${code(nvram.copy.fromPath)} → ${code(nvram.copy.toPath)}`
    : say`Made afresh from the firmware's template at the first start (the source has ${code(nvram.was)}).`;
}

function networkSection({ networks, target }: ClonePlan): string[] {
  if (target === undefined || networks.length === 0) return [];
  const rows = networks.map(({ from, to }) => [escaped(placeText(from)), escaped(placeText(to))]);
  return [say`## Networks`, table([say`of the source`, say`on ${code(target)}`], rows)];
}

function section(heading: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [heading, sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n')];
}

/** What lies inside the copied disks, where libvirt does not look. */
function guestsOwn({ disks }: ClonePlan, name: string): string[] {
  if (!disks.some(({ action }) => action === 'copy')) return [];
  const command = `virt-sysprep --domain=${quoteForShell(name)}`;
  return [
    say`## The guest's own identity`,
    say`Inside its disks the clone is still the source: the same host name, machine ID (\`/etc/machine-id\`, from which systemd makes the ID that a DHCP server knows it by), SSH host keys, and addresses that are set by hand. On Windows it is the SID and the name (sysprep).`,
    say`Where virt-sysprep is installed on the host, it removes them before the first start: ${code(command)}`,
  ];
}
