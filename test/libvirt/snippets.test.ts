/** What the snippets write, shown to a real libvirt: it takes each that it can know. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { allSnippets } from '../../server/src/knowledge/snippets.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { choices, documentOf } from '../support/snippets.ts';
import { emulated } from './support/documents.ts';
import { commandLine, define, testDriver } from './support/libvirtOracle.ts';
import { refuses } from './support/refusals.ts';

describe('snippets, shown to libvirt', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  before(async () => {
    bed = await LibvirtDaemon.start();
  });
  after(() => bed.stop());

  test('domains', async (context) => {
    const texts = allSnippets()
      .flatMap((snippet) => Array.from({ length: choices(snippet) }, (_, option) => documentOf(snippet, option)))
      .filter((text) => text.startsWith('<domain'));
    const onBed = texts.map(emulated);
    const verdicts = [
      ...(await define(testDriver, texts, true)),
      ...(await define(bed.uri, onBed)),
      ...(await commandLine(bed.uri, onBed)),
    ];
    const shown = [...texts, ...texts, ...texts];
    const refused = verdicts.flatMap((verdict, index) =>
      refuses(verdict, shown[index] ?? '') ? [`${verdict.reason}\n${shown[index]}`] : [],
    );
    assert.deepEqual(refused, [], refused.join('\n\n'));
    const accepted = verdicts.filter(({ outcome }) => outcome === 'accepted').length;
    context.diagnostic(`${texts.length} domains, asked three ways: accepted ${accepted} of ${verdicts.length}`);
    assert.ok(accepted > verdicts.length * 0.8, 'libvirt accepts most on this host');
  });
});
