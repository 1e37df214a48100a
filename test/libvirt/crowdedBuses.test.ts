/** Disks that move to a bus where places are taken: a real libvirt takes the guest before and after, and not with two drives at one place. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../server/src/finding.ts';
import { requirements } from '../support/bed/requirements.ts';
import { crowdedBuses } from '../support/crowdedBuses.ts';
import { offersOf } from '../support/refactoringPages.ts';
import { define, testDriver } from './support/libvirtOracle.ts';

describe('a disk that moves to another bus', { skip: requirements('virsh') }, () => {
  for (const { title, page, text } of crowdedBuses)
    test(title, async () => {
      const after = applyEdits(text, offersOf(page, text, [])[0]?.edits ?? []);
      const verdicts = await define(testDriver, [text, after], true);
      assert.deepEqual(
        verdicts.map(({ outcome, reason }) => `${outcome}${reason}`),
        ['accepted', 'accepted'],
      );
    });

  test('by its letters alone it would get into the way of another', async () => {
    const text = crowdedBuses[0]?.text.replace("dev='vda' bus='virtio'", "dev='sda' bus='scsi'") ?? '';
    const [verdict] = await define(testDriver, [text], true);
    assert.match(verdict?.reason ?? '', /controller='0' bus='0' target='0' unit='0'|already/);
  });
});
