import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainPath } from '../../../server/src/features/explainPath.ts';

test('an attribute is explained by its card', () => {
  assert.match(explainPath('domain/cpu/@mode') ?? '', /^# CPU mode\n\n/);
});

test('an element by the documentation, with its attributes', () => {
  const text = explainPath('domain/devices/watchdog') ?? '';
  assert.match(text, /^# /);
  assert.match(text, /- `@action`: /);
});

test('a value, and what came when', () => {
  const text = explainPath("domain/launchSecurity/@type='tdx'") ?? '';
  assert.match(text, /Intel TDX/);
  assert.match(text, /Since libvirt 11\.6\./);
});

test('conditions choose the variant; without them all are named', () => {
  assert.match(explainPath("domain/devices/disk[@type='file']/source") ?? '', /`@file`: /);
  const all = explainPath('domain/devices/disk/source') ?? '';
  assert.match(all, /More is known of:\n(- .*\n)*- .*\[@type='block'\]/);
});

test('a variant has also what is told of all its kind', () => {
  const text = explainPath("domain/devices/disk[@type='network']/source[@protocol='rbd']") ?? '';
  assert.match(text, /`@startupPolicy`: /);
  assert.doesNotMatch(text, /`@protocol='nbd'`/);
});

test('of what nobody knows nothing is said', () => {
  assert.equal(explainPath('domain/frob'), undefined);
  assert.equal(explainPath('domain/cpu/@frob'), undefined);
  assert.equal(explainPath('disk/io-native-cache'), undefined);
  assert.equal(explainPath('what is this?'), undefined);
});
