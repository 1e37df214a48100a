import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { mend } from '../../../server/src/features/mend.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { crowdedBuses } from '../../support/crowdedBuses.ts';
import { offersOf } from '../../support/refactoringPages.ts';

describe('a disk moves to a place that is free', () => {
  for (const { title, page, text, expected } of crowdedBuses)
    test(title, () => {
      const [offer] = offersOf(page, text, []);
      const after = applyEdits(text, offer?.edits ?? []);
      assert.match(after, expected);
      const errors = checkText(after).filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ message }) => message),
        [],
      );
    });

  test('when a fix moves a LUN, the address of another disk stays', () => {
    const [{ text } = { text: '' }] = crowdedBuses;
    const lun = text
      .replace("type='file' device='disk'", "type='block' device='lun'")
      .replace("file='/a/vda.img'", "dev='/dev/sdx'");
    const { text: after } = mend(lun, checkText, { rules: undefined, severities: new Set(['error', 'warning']) });
    assert.match(after, /dev='sdc' bus='scsi'[\s\S]*dev='sdb' bus='scsi'\/>\n {6}<address [^>]*unit='0'/);
  });
});

test('what sits on a SCSI controller that is not written is named where it becomes virtio-scsi', () => {
  const [{ text } = { text: '' }] = crowdedBuses;
  const told = (given: string) => offersOf('virtio-scsi-disk', given, [])[0]?.consequences.join('\n') ?? '';
  assert.match(told(text.replace(/ *<controller.*\n/, '')), /SCSI controller 0 is not written[\s\S]*sdb/);
  assert.doesNotMatch(told(text), /is not written/);
});
