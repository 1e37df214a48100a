/** What `virsh dumpxml` prints is laid out and in order: formatter and sorter leave every byte of it as it is. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { format } from '../../server/src/features/formatting/format.ts';
import { libvirtStyle } from '../../server/src/features/formatting/style.ts';
import { sortElements } from '../../server/src/features/sortElements.ts';
import { applyEdits } from '../../server/src/finding.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { validDomains, withoutCorpus } from '../support/corpus.ts';
import { Random } from '../support/random.ts';
import { ROOT } from '../support/root.ts';
import { shuffled } from '../support/shuffled.ts';
import { composedDomain } from './support/composedDomains.ts';
import { dumps, testDriver } from './support/libvirtOracle.ts';
import { imageNames } from './support/virtInstall.ts';

describe('what libvirt prints', { skip: requirements(...daemonPrograms) }, () => {
  const random = new Random(41);

  test('of a domain that has nearly everything, in the order opposite to its own', async () => {
    const text = readFileSync(path.join(ROOT, 'test/libvirt/documents/everything.xml'), 'utf8');
    const [dump = ''] = assertLeft(await dumps(testDriver, [text]));
    assert.ok(dump.length > 10_000, `libvirt accepts it: ${dump}`);
    assertSorted(dump, random);
  });

  test('of domains of every kind', { skip: withoutCorpus }, async (context) => {
    const texts = validDomains().map(({ document }) => document.text);
    const printed = assertLeft(await dumps(testDriver, texts));
    context.diagnostic(`${printed.length} of ${texts.length} domains printed`);
    assert.ok(printed.length > 500);
    for (const dump of printed) assertSorted(dump, random);
  });

  describe('by the QEMU driver', () => {
    let bed: LibvirtDaemon;
    before(async () => {
      bed = await LibvirtDaemon.start();
      for (const name of imageNames) writeFileSync(path.join(bed.images, name), '');
    });
    after(() => bed.stop());

    test('of domains composed at random', async () => {
      const printed = assertLeft(
        await dumps(
          bed.uri,
          Array.from({ length: 120 }, () => composedDomain(random)),
        ),
      );
      assert.ok(printed.length >= 50, `${printed.length}`);
      for (const dump of printed) assertSorted(dump, random);
    });
  });
});

function assertLeft(printed: readonly string[]): readonly string[] {
  for (const dump of printed) {
    const document = parseXml(dump);
    assert.deepEqual(format(document, libvirtStyle), [], dump);
    assert.deepEqual(sortElements(document), [], dump);
  }
  return printed;
}

/** However its elements are mixed, sorting brings them back to where libvirt has them. */
function assertSorted(dump: string, random: Random): void {
  const mixed = shuffled(dump, random);
  assert.equal(applyEdits(mixed, sortElements(parseXml(mixed))), dump);
}
