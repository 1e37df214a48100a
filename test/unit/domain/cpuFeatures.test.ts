/** The table of CPU features against the table of CPU models. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armFeatures, x86FeatureOfAlias, x86Features } from '../../../server/src/domain/cpuFeatures.ts';
import { cpuModels } from '../../../server/src/domain/cpuModels.ts';

test('every feature of a model is known, and others beside them', () => {
  const ofModels = new Set([...cpuModels('x86').values()].flatMap(({ features }) => [...features]));
  for (const name of ofModels) assert.ok(x86Features().has(name), name);
  for (const name of ['invtsc', 'ht', 'ssbd', 'hypervisor', 'arch-capabilities', 'md-clear'])
    assert.ok(x86Features().has(name), name);
  assert.ok(x86Features().size > ofModels.size);
  assert.ok(!x86Features().has(''));
});

test('another name leads to one that is known', () => {
  assert.equal(x86FeatureOfAlias('sse4_1'), 'sse4.1');
  assert.equal(x86FeatureOfAlias('lahf-lm'), 'lahf_lm');
  assert.equal(x86FeatureOfAlias('sse4.1'), undefined);
});

test('the features of 64 bit ARM', () => {
  for (const name of ['sve', 'sve128', 'sve2048', 'pauth']) assert.ok(armFeatures().has(name), name);
  assert.ok(!armFeatures().has('vmx'));
});
