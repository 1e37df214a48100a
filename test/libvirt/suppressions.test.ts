/** Suppressions through a real libvirt: what stands in metadata is kept, with all its letters; comments are not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkDocument } from '../../server/src/check.ts';
import { applyEdits } from '../../server/src/finding.ts';
import { configurationOf } from '../../server/src/settings/configuration.ts';
import { noSettings } from '../../server/src/settings/settings.ts';
import { settle } from '../../server/src/settings/settle.ts';
import { suppressingFixes } from '../../server/src/settings/suppressions/write.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { createRunner, planDefine, type Runner, runDefine } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';

const RULE = 'disk/emulated-bus';
const disk = (dev: string) => `    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source file='/a/${dev}.img'/>
      <target dev='${dev}' bus='sata'/>
    </disk>
`;
const XML = `<domain type='qemu'>
  <name>suppressed</name>
  <memory unit='MiB'>64</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${disk('sda')}${disk('sdb')}  </devices>
</domain>
`;
const told = (text: string): string[] => {
  const document = parseXml(text);
  const findings = settle(document, checkDocument(document), configurationOf(undefined, noSettings)).findings;
  return findings.map(({ rule }) => rule).filter((rule) => rule === RULE || rule.startsWith('virtlint/'));
};

describe('suppressions in a domain that libvirt stores', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(() => bed.stop());

  let number = 0;
  const stored = async (xml: string): Promise<string> => {
    const own = xml.replace('<name>suppressed', `<name>suppressed${++number}`);
    return value(await runDefine(runner, own, value(await planDefine(runner, own)))).storedXml;
  };

  it('keeps those that the quick-fix writes as metadata, for one device and for all', async () => {
    const document = parseXml(XML);
    const finding = checkDocument(document).find(({ rule }) => rule === RULE);
    assert.ok(finding);
    const metadata = suppressingFixes(finding, document).find(({ title }) => title.includes('metadata'));
    const reason = 'because &lt;of&gt; &amp; "the" installer';
    const xml = applyEdits(XML, metadata?.edits ?? []).replace("device='sda'></", `device='sda'>${reason}</`);
    const kept = await stored(xml);
    assert.ok(kept.includes(reason), kept);
    assert.deepEqual(told(kept), [RULE]);
    const whole = await stored(xml.replace(" device='sda'", ''));
    assert.deepEqual(told(whole), []);
  });

  it('drops comments, so what they silence is told of again', async () => {
    const xml = XML.replaceAll('    <disk', `    <!-- virtlint-disable-next ${RULE}: installer -->\n    <disk`);
    assert.deepEqual(told(xml), []);
    assert.deepEqual(told(await stored(xml)), [RULE, RULE]);
  });
});
