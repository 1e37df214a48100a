/** The three-way merge: both sides' edits are in the result, or both stand in a conflict. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { insertChild, removeElement, setAttribute } from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child, childElements, descendants } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { changesBetween, hasConflicts, mergeDefinitions, previewDefinition } from '../../../virsh/src/index.ts';
import { Random } from '../../support/random.ts';
import { recording } from './recording.ts';

const sides = { ours: 'yours', theirs: 'on lab' };
const base = recording('web.xml');
const merge = (theirs: string, ours: string) => mergeDefinitions(base, theirs, ours, sides);

describe('merging what others changed into what was edited', () => {
  it('takes what only one side changed', () => {
    const changed = base.replace('<on_crash>destroy', '<on_crash>restart');
    assert.deepEqual(merge(changed, base), { text: changed, conflicts: 0 });
    assert.deepEqual(merge(base, changed), { text: changed, conflicts: 0 });
    assert.deepEqual(merge(changed, changed), { text: changed, conflicts: 0 });
  });

  it('brings edits of one line together', () => {
    const [name, tuned] = [
      "name='qemu' type='qcow2' discard='unmap'",
      "name='qemu' type='qcow2' discard='unmap' cache='none'",
    ];
    const merged = merge(base.replace(name, tuned), base.replace("discard='unmap'", "discard='ignore'"));
    assert.match(merged.text, /<driver name='qemu' type='qcow2' discard='ignore' cache='none'\/>/);
    assert.equal(merged.conflicts, 0);
  });

  it('keeps devices that both added at the same place, in the layout of the edited text', () => {
    const disk = (dev: string) =>
      `<disk type='file' device='disk'>\n  <source file='/${dev}'/>\n  <target dev='${dev}'/>\n</disk>`;
    const theirs = withDevice(base, disk('vdx'));
    const ours = withDevice(base, disk('vdy')).replaceAll('  ', '\t');
    const merged = merge(theirs, ours);
    assert.equal(merged.conflicts, 0);
    assert.match(
      merged.text,
      /\n\t\t<disk type='file' device='disk'>\n\t\t\t<source file='\/vdx'\/>\n\t\t\t<target dev='vdx'\/>\n\t\t<\/disk>/,
    );
    assert.match(merged.text, /dev='vdy'/);
  });

  it('keeps comments and order of the edited text', () => {
    const ours = base.replace('<on_poweroff>', '<!-- why -->\n  <on_poweroff>').replace(/ {2}<title>.*\n/, '');
    const merged = merge(base.replace("<vcpu placement='static'>1", "<vcpu placement='static'>4"), ours);
    assert.equal(merged.text, ours.replace("'static'>1", "'static'>4"));
  });

  it('declares the namespaces of what others added', () => {
    const declared = "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' xmlns:x='urn:x'";
    const theirs = base
      .replace(/<domain ([^>]*)>/, `<domain $1 ${declared} xmlns:y='urn:y'>`)
      .replace(
        '</devices>',
        "</devices>\n  <qemu:commandline>\n    <qemu:arg value='-s'/>\n  </qemu:commandline>\n  <x:more/>",
      );
    assert.equal(parseXml(theirs).problems.length, 0);
    const ours = base.replace('<on_crash>destroy', '<on_crash>restart');
    const { text, conflicts } = merge(theirs, ours);
    assert.equal(conflicts, 0);
    assert.equal(
      text,
      theirs.replace(" xmlns:y='urn:y'", '').replace('<on_crash>destroy', '<on_crash>restart'),
      'those that nothing is written with are not brought',
    );
    assert.equal(merge(theirs, text).text, text, 'nothing is declared twice');
    const metadata = (attributes: string, content: string) =>
      `<domain><name>a</name><metadata${attributes}><b xmlns='urn:b'/>${content}</metadata></domain>`;
    const [from, other] = [metadata('', ''), metadata(" xmlns:c='urn:c'", '<c:d/>')];
    const mine = from.replace('<name>a', '<title>t</title><name>a');
    assert.match(mergeDefinitions(from, other, mine, sides).text, /<metadata xmlns:c='urn:c'>.*<c:d\/>/);
  });

  it('compares sizes by what they mean', () => {
    const ours = base.replaceAll(/Memory unit='KiB'>16384|memory unit='KiB'>16384/g, (text) =>
      text.replace("KiB'>16384", "MiB'>16"),
    );
    const merged = merge(base.replaceAll('16384</', '32768</'), ours);
    assert.equal(merged.conflicts, 0);
    assert.match(merged.text, /<memory unit='KiB'>32768</);
  });

  it('marks two answers to one question as git does', () => {
    const merged = merge(
      base.replace('<on_crash>destroy', '<on_crash>restart'),
      base.replace('<on_crash>destroy', '<on_crash>preserve'),
    );
    assert.equal(merged.conflicts, 1);
    assert.ok(hasConflicts(merged.text));
    assert.ok(
      merged.text.includes(
        '\n<<<<<<< yours\n  <on_crash>preserve</on_crash>\n=======\n  <on_crash>restart</on_crash>\n>>>>>>> on lab\n  <devices>',
      ),
    );
  });

  it('marks what one side took away and the other changed', () => {
    const changed = base.replace("<source network='lab'/>", "<source network='prod'/>");
    const without = base.replace(/ {4}<interface type='network'>[\s\S]*?<\/interface>\n/, '');
    for (const [theirs, ours] of [
      [changed, without],
      [without, changed],
    ] as const) {
      const { text, conflicts } = merge(theirs, ours);
      assert.equal(conflicts, 1);
      assert.ok(hasConflicts(text));
      assert.match(text, /network='prod'/);
    }
    assert.deepEqual(merge(without, base), { text: without, conflicts: 0 });
    assert.ok(
      previewDefinition(without, merge(base.replace('>destroy</on_crash', '>destroy</on_crash'), without).text).isSame,
    );
  });

  it('marks a boot order that both changed, and takes one that only they changed', () => {
    const from = base.replace("<boot dev='hd'/>", "<boot dev='hd'/><boot dev='network'/>");
    const swapped = base.replace("<boot dev='hd'/>", "<boot dev='network'/><boot dev='hd'/>");
    const taken = mergeDefinitions(from, swapped, from.replace('<vcpu', '<!-- a --><vcpu'), sides);
    assert.match(taken.text, /dev='network'\/><boot dev='hd'/);
    assert.equal(mergeDefinitions(from, swapped, from.replace('<boot', '<!-- mine --><boot'), sides).conflicts, 1);
  });

  it('merges lines while the edited text is no XML', () => {
    const ours = base.replace('<title>', '<titl');
    const theirs = base.replace('<on_crash>destroy', '<on_crash>restart');
    const merged = merge(theirs, ours);
    assert.equal(merged.conflicts, 0);
    assert.equal(merged.text, ours.replace('<on_crash>destroy', '<on_crash>restart'));
    assert.equal(merge(base.replace('<title>The', '<title>Their'), ours).conflicts, 1);
  });

  it('loses no edit of either side, whatever is edited', () => {
    let [clean, conflicted] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed);
      const [theirs, ours] = ['t', 'o'].map((side) => edited(base, side, random));
      if (!theirs || !ours) continue;
      const { text, conflicts } = merge(theirs.text, ours.text);
      for (const token of [...theirs.tokens, ...ours.tokens])
        assert.ok(text.includes(token), `seed ${seed}: ${token}\n${text}`);
      assert.equal(hasConflicts(text), conflicts > 0, `seed ${seed}`);
      if (conflicts > 0) {
        conflicted++;
        continue;
      }
      clean++;
      assert.deepEqual(parseXml(text).problems, [], `seed ${seed}`);
      for (const gone of [...theirs.gone, ...ours.gone])
        assert.ok(!text.includes(gone), `seed ${seed}: ${gone} is back`);
    }
    assert.ok(clean > 80 && conflicted > 10, `${clean} clean, ${conflicted} conflicts`);
  });

  it('gives their text when nothing was edited, and ours when they changed nothing', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { text } = edited(base, 'x', new Random(seed));
      assert.ok(previewDefinition(text, merge(text, base).text).isSame, `seed ${seed}`);
      assert.deepEqual(changesBetween(text, merge(text, base).text), []);
      assert.equal(merge(base, text).text, text);
    }
  });
});

/** A text with some random edits; the words that they brought in, and the MACs and targets that they took away. */
function edited(from: string, side: string, random: Random): { text: string; tokens: string[]; gone: string[] } {
  let text = from;
  const tokens: string[] = [];
  const gone: string[] = [];
  for (let number = 0; number <= random.below(5); number++) {
    const token = `${side}${number}${random.below(100000)}`;
    const document = parseXml(text);
    const { root } = document;
    const devices = root && child(root, 'devices');
    if (!root || !devices) break;
    const elements = [...descendants(root)].filter(
      (element) => element.parent && !tokens.some((one) => textOf(text, element).includes(one)),
    );
    const element = elements[random.below(elements.length)];
    const kind = random.below(4);
    if (kind === 0) {
      text = withDevice(text, `<disk type='file'>\n  <source file='/${token}'/>\n  <target dev='${token}'/>\n</disk>`);
      tokens.push(token);
    } else if (kind === 1) {
      const disks = childElements(devices).filter(({ name }) => name === 'interface' || name === 'channel');
      const removed = disks[random.below(disks.length)];
      if (!removed || tokens.some((one) => textOf(text, removed).includes(one))) continue;
      gone.push(/(52:54:00:11:22:3.|guest_agent)/.exec(textOf(text, removed))?.[0] ?? 'no such word');
      text = applyEdits(text, removeElement(removed, document));
    } else if (element) {
      const [attribute] = element.attributes;
      const name =
        kind === 2 && attribute && !['dev', 'address', 'type', 'index'].includes(attribute.name)
          ? attribute.name
          : `a${token}`;
      text = applyEdits(text, setAttribute(element, name, token, document));
      tokens.push(token);
    }
  }
  return {
    text,
    tokens: tokens.filter((token) => text.includes(token)),
    gone: gone.filter((word) => !text.includes(word)),
  };
}

const textOf = (text: string, { start, end }: XmlElement): string => text.slice(start, end);

function withDevice(text: string, xml: string): string {
  const document = parseXml(text);
  const devices = document.root && child(document.root, 'devices');
  const disk = devices && child(devices, 'disk');
  return devices && disk ? applyEdits(text, insertChild(devices, xml, document, { after: disk })) : text;
}
