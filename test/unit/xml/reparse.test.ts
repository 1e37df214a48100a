/** A text that is read again after an edit gives the tree, and the findings, of a text that is read for the first time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checkDocument } from '../../../server/src/check.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { reparseXml } from '../../../server/src/xml/reparse.ts';
import type { XmlDocument } from '../../../server/src/xml/tree.ts';
import { Random } from '../../support/random.ts';
import { sampleDomains } from './sampleDomains.ts';

const EDITS = 600;
const EDITS_A_TEXT = 15;
const CHECKED_ONE_IN = 4;

const INSERTED = [
  'x',
  '<boot order="1"/>',
  '<!-- why -->',
  "<disk type='file'><target dev='vdz' bus='virtio'/></disk>",
  '\n',
  "<address type='pci' slot='0x05'/>",
  '&amp;',
  '<![CDATA[ < ]]>',
  '<',
  '</disk>',
  '<!--',
  ' cache="none"',
  'xmlns:q="u"',
  '<q:x/>',
] as const;

/** Mostly what leaves a document whole: a character in a value or between tags, a whole element gone or doubled. */
function edited(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const insert = () => text.slice(0, at) + random.pick(INSERTED) + text.slice(at);
  const inside = () => {
    const next = text.indexOf(random.pick(["'", '>', '"']), at) + 1;
    return text.slice(0, next) + random.pick(INSERTED) + text.slice(next);
  };
  const drop = () => text.slice(0, at) + text.slice(at + 1 + random.below(3));
  const element = /<(\w+)[^<>]*(?:\/>|>[^<>]*<\/\1>)/g;
  element.lastIndex = at;
  const found = element.exec(text);
  const whole = () => {
    if (!found) return insert();
    const { index, 0: tag } = found;
    return text.slice(0, index) + random.pick(['', tag + tag]) + text.slice(index + tag.length);
  };
  return random.pick([insert, inside, inside, drop, whole, whole, whole])();
}

/** The tree without its circles, and without what the grammar notes in it. */
function bare(document: XmlDocument): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      ['parent', 'judgedAs', 'verdict', 'text', 'node'].includes(key) ? undefined : value,
    ),
  );
}

function said(document: XmlDocument): unknown {
  return checkDocument(document).map(({ fixes, ...finding }) => ({
    ...finding,
    fixes: fixes(),
  }));
}

test('reading again after an edit gives what reading anew gives', () => {
  const random = new Random(7);
  const [first, ...others] = sampleDomains;
  assert.ok(first);
  let text: string = first;
  let document = parseXml(text);
  let taken = 0;
  for (let edit = 0; edit < EDITS; edit++) {
    if (edit % EDITS_A_TEXT === 0) {
      text = random.pick([first, ...others]);
      document = parseXml(text);
    }
    const before = document.root?.children[1];
    const next = edited(text, random);
    const again = reparseXml(document, next);
    const anew = parseXml(next);
    assert.deepEqual(bare(again), bare(anew), `edit ${edit}: ${JSON.stringify([text, next])}`);
    if (again.root && again.root.children[1] === before) taken++;
    if (random.below(CHECKED_ONE_IN) === 0) {
      assert.deepEqual(said(again), said(anew), `check after edit ${edit}: ${JSON.stringify([text, next])}`);
    }
    // What is broken is undone, as people do: otherwise all would soon be rubble.
    if (anew.problems.length > 0) document = reparseXml(again, text);
    else {
      document = again;
      text = next;
    }
  }
  assert.ok(taken > EDITS / 10, `${taken} of ${EDITS} edits took over what the old tree had`);
});

test('an element that the edit does not touch stays the same object', () => {
  const text =
    "<domain type='kvm'><name>a</name><devices><disk type='file'/><!-- c --><disk type='block'/></devices></domain>";
  const before = parseXml(text);
  const devices = before.root?.children[1];
  assert.ok(devices?.kind === 'element');
  const untouched = devices.children[1];
  const after = reparseXml(before, text.replace("'file'", "'network'"));
  const again = after.root?.children[1];
  assert.ok(again?.kind === 'element');
  assert.equal(again.children[1], untouched);
  assert.equal(after.text.slice(untouched?.start, untouched?.end), "<disk type='block'/>");
});

test('a day of edits all over a long document keeps no old texts alive', () => {
  const disks = Array.from(
    { length: 1000 },
    (_, index) => `<disk><source file='/var/lib/images/${index}.img'/></disk>`,
  );
  const around = (inside: string) => `<domain type='kvm'><devices>${inside}</devices></domain>`;
  let text = around(disks.join('\n').padEnd(500_000));
  let document = parseXml(text);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.ok(typeof collect === 'function');
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let index = 0; index < 300; index++) {
    text = text.replace(`/${index}.img`, `/edited-${index}.img`);
    document = reparseXml(document, text);
  }
  const grown = (used() - before) / 2 ** 20;
  assert.ok(document.root && grown < 30, `the heap has grown by ${grown.toFixed(0)} MiB`);
});
