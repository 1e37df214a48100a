/** The examples of every refactoring's page, shown to a real libvirt: it takes the guest before and after. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requirements } from '../support/bed/requirements.ts';
import { refactoringPages } from '../support/refactoringPages.ts';
import { define, testDriver } from './support/libvirtOracle.ts';

describe('examples of the refactorings, shown to libvirt', { skip: requirements('virsh') }, () => {
  for (const { name, before, after } of refactoringPages())
    test(name, async () => {
      const texts = [...before, ...after];
      const verdicts = await define(testDriver, texts, true);
      assert.equal(verdicts.length, texts.length);
      verdicts.forEach(({ outcome, reason }, index) => {
        assert.equal(outcome, 'accepted', `${reason}\n${texts[index]}`);
      });
    });
});
