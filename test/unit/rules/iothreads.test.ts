/** IOThreads: which ids there are, where the rules keep quiet, and further repairs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { Domain } from '../../../server/src/domain/domain.ts';
import { iothreadIds } from '../../../server/src/domain/iothreads.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const X86 = "<os><type arch='x86_64' machine='q35'>hvm</type></os><cpu mode='host-model'/>";

function domain(head: string, devices = '', { type = 'kvm', os = X86 } = {}): string {
  return `<domain type='${type}'><name>a</name><memory unit='GiB'>2</memory><vcpu>4</vcpu>${head}${os}<devices>${devices}</devices></domain>`;
}

function disk(driver: string, { target = 'vda', bus = 'virtio' } = {}): string {
  return `<disk type='file' device='disk'><driver name='qemu' type='raw'${driver}/><source file='/var/lib/libvirt/images/${target}.raw'/><target dev='${target}' bus='${bus}'/></disk>`;
}

function rulesOf(text: string): string[] {
  return checkText(text)
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('iothreads/'));
}

function fixesOf(text: string, rule: string): Record<string, string> {
  const finding = checkText(text).find((candidate) => candidate.rule === rule);
  assert.ok(finding, `${rule} is silent`);
  return Object.fromEntries(finding.fixes().map(({ title, edits }) => [title, applyEdits(text, edits)]));
}

function idsOf(head: string): number[] | undefined {
  const document = parseXml(domain(head));
  const ids = iothreadIds(new Domain(document, document.root ?? assert.fail()));
  return ids && [...ids].sort((a, b) => a - b);
}

describe('ids of IOThreads', () => {
  test('are numbered as libvirt does it', () => {
    const five = "<iothreadids><iothread id='5'/></iothreadids>";
    assert.deepEqual(idsOf(''), []);
    assert.deepEqual(idsOf('<iothreads>3</iothreads>'), [1, 2, 3]);
    assert.deepEqual(idsOf(five), [5]);
    assert.deepEqual(idsOf(`<iothreads>1</iothreads>${five}`), [5]);
    assert.deepEqual(idsOf(`<iothreads>3</iothreads>${five}`), [1, 2, 5]);
    assert.deepEqual(idsOf("<iothreads>3</iothreads><iothreadids><iothread id='2'/></iothreadids>"), [1, 2, 3]);
  });

  test('are unknown where the document does not tell', () => {
    assert.equal(idsOf('<iothreads>{{ n }}</iothreads>'), undefined);
    assert.equal(idsOf('<iothreads>999999999</iothreads>'), undefined);
    assert.equal(idsOf("<iothreadids><iothread id='x'/></iothreadids>"), undefined);
    assert.equal(idsOf("<iothreadids><iothread id='1'/><iothread id='1'/></iothreadids>"), undefined);
  });
});

describe('IOThread rules keep quiet', () => {
  test('about other drivers and unknown numbers', () => {
    assert.deepEqual(rulesOf(domain('', disk(" iothread='1'"), { type: 'xen' })), []);
    assert.deepEqual(rulesOf(domain('<iothreads>{{ n }}</iothreads>', disk(" iothread='7'"))), []);
  });

  test('about a controller without a thread: 0 is none', () => {
    for (const model of ['virtio-scsi', 'lsilogic'])
      assert.deepEqual(
        rulesOf(domain('', `<controller type='scsi' model='${model}'><driver iothread='0'/></controller>`)),
        [],
      );
  });

  test('about a SCSI controller without a model where that may be virtio', () => {
    const os = "<os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os><cpu mode='host-model'/>";
    const controller = "<controller type='scsi' index='0'><driver iothread='1'/></controller>";
    assert.deepEqual(rulesOf(domain('<iothreads>1</iothreads>', controller, { os })), []);
    assert.deepEqual(rulesOf(domain('<iothreads>1</iothreads>', controller)), ['iothreads/controller-not-virtio-scsi']);
  });

  test('about disks that go through the page cache, and about the last word of another rule', () => {
    assert.deepEqual(rulesOf(domain('', disk(" cache='writeback'"))), []);
    assert.deepEqual(rulesOf(domain('<iothreads>1</iothreads>', disk(" cache='none'"))), ['iothreads/unused']);
  });

  test('about a list that libvirt fills, of a disk and of a controller', () => {
    const list = "<iothreads><iothread id='1'/><iothread id='2'/></iothreads>";
    const mapped = disk(" queues='4'").replace('/><source', `>${list}</driver><source`);
    const controller = `<controller type='scsi' index='0' model='virtio-scsi'><driver queues='4'>${list}</driver></controller>`;
    assert.deepEqual(rulesOf(domain('<iothreads>2</iothreads>', mapped)), []);
    assert.deepEqual(rulesOf(domain('<iothreads>2</iothreads>', controller)), []);
  });
});

describe('repairs of IOThreads', () => {
  test('a thread that is missing is defined, in the list where there is one, or another is used', () => {
    const listed = "<iothreads>1</iothreads><iothreadids><iothread id='4'/></iothreadids>";
    const devices = disk(" iothread='4'") + disk(" iothread='6'", { target: 'vdb' });
    const texts = fixesOf(domain(listed, devices), 'iothreads/undefined-id');
    assert.deepEqual(Object.keys(texts), ['Define IOThread 6', 'Use IOThread 4']);
    for (const text of Object.values(texts)) assert.deepEqual(rulesOf(text), []);
  });

  test('hundreds of threads are not offered for a typing error', () => {
    const texts = fixesOf(domain('<iothreads>1</iothreads>', disk(" iothread='100'")), 'iothreads/undefined-id');
    assert.deepEqual(Object.keys(texts), ['Use IOThread 1']);
  });

  test('threads are not taken away while cputune speaks of them', () => {
    const cputune = "<cputune><iothreadpin iothread='2' cpuset='0'/></cputune>";
    const devices = disk(" iothread='1'");
    const bare = fixesOf(domain('<iothreads>2</iothreads>', devices), 'iothreads/unused');
    assert.deepEqual(Object.keys(bare), ['Define 1 only']);
    assert.deepEqual(fixesOf(domain(`<iothreads>2</iothreads>${cputune}`, devices), 'iothreads/unused'), {});
  });

  test('a number of threads that nothing uses goes away', () => {
    const text = domain('<iothreads>2</iothreads>');
    assert.equal(fixesOf(text, 'iothreads/unused')['Remove <iothreads>'], domain(''));
  });

  test('the thread of a SATA disk goes away', () => {
    const text = domain('<iothreads>1</iothreads>', disk(" iothread='1'", { target: 'sda', bus: 'sata' }));
    assert.deepEqual(Object.keys(fixesOf(text, 'iothreads/unsupported-bus')), ['Remove iothread']);
  });
});
