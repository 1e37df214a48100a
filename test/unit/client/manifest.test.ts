/** The manifest: everything is reached by keyboard, first steps lead somewhere, no text points at a command that there is not. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };
import { ROOT } from '../../support/root.ts';

const { commands, menus, views, walkthroughs } = manifest.contributes;
const said = new Map(Object.entries(texts));
const known = new Set(commands.map(({ command }) => command));

describe('keyboard', () => {
  const hidden = new Set(menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  const isButton = (item: object): boolean => 'group' in item && /^(inline|navigation)/.test(String(item.group));
  for (const [menu, items] of Object.entries(menus))
    test(`what is a button in ${menu} is in a menu, or in the palette, too`, () => {
      const byMouseOnly = items.filter(
        (item) =>
          isButton(item) &&
          hidden.has(item.command) &&
          !items.some((other) => other.command === item.command && !isButton(other)),
      );
      assert.deepEqual(byMouseOnly, []);
    });
});

test('each view has its help for screen readers', () => {
  for (const view of Object.values(views).flat())
    assert.ok(said.has(view.accessibilityHelpContent.replaceAll('%', '')), view.id);
});

describe('first steps', () => {
  const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  test('are six at most, each with a picture that is there and said in words', () => {
    assert.ok(steps.length <= 6);
    for (const { media } of steps) {
      assert.ok(existsSync(path.join(ROOT, media.svg)), media.svg);
      assert.ok(said.get(media.altText.replaceAll('%', '')), media.altText);
    }
  });
  test('the first needs no host', () => {
    assert.match(said.get('walkthrough.mistakes.description') ?? '', /command:libvirt\.openExample/);
  });
});

test('no text leads to a command that there is not', () => {
  const wanted = [...said.values()].flatMap((text) =>
    [...text.matchAll(/command:(libvirt\.\w+)/g)].map(([, id = '']) => id),
  );
  assert.ok(wanted.length > 10);
  assert.deepEqual(
    wanted.filter((id) => !known.has(id)),
    [],
  );
});
