import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { readProjectFile } from '../../../server/src/settings/projectFile.ts';

/** What is said of the one token that is marked by « and ». */
function saidOf(marked: string) {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  const { findings } = readProjectFile(text);
  assert.deepEqual(
    findings.map((finding) => [finding.start, finding.end]),
    [[start, end]],
    `one finding at the mark, not ${JSON.stringify(findings)}`,
  );
  const [finding] = findings;
  assert.ok(finding);
  const [fix] = finding.fixes();
  return { ...finding, fixed: fix && applyEdits(text, fix.edits) };
}

describe('a project file', () => {
  test('of every kind of setting is understood, comments and all', () => {
    const { settings, findings } = readProjectFile(`{
      // ours go to two hosts
      "$schema": "./virtlint.schema.json",
      "profile": ["migratable", "windows"],
      "targetVersion": "9.0",
      "severity": { "disk": "hint", "disk/cache-unsafe": "error", "memory/suspicious-small": "off" },
      "overrides": [{
        "files": ["lab/**"], "profile": "dense", "targetVersion": "11.3",
        "severity": { "cpu": "off" }, "suppress": { "disk/emulated-bus": "installers" }
      }]
    }`);
    assert.deepEqual(findings, []);
    assert.deepEqual(settings.profiles, ['migratable', 'windows']);
    assert.equal(settings.target, '9.0');
    assert.deepEqual(Object.fromEntries(settings.severity), {
      disk: 'hint',
      'disk/cache-unsafe': 'error',
      'memory/suspicious-small': 'off',
    });
    const [lab] = settings.overrides;
    assert.deepEqual([lab?.files, lab?.profiles, lab?.target], [['lab/**'], ['dense'], '11.3']);
    assert.equal(lab?.suppress.get('disk/emulated-bus'), 'installers');
  });

  test('an unknown key is told at the key, with what was meant', () => {
    const { message, severity, fixed } = saidOf('{ «"sevrity"»: {} }');
    assert.match(message, /no key `sevrity`.*`severity`/);
    assert.equal(severity, 'warning');
    assert.equal(fixed, '{ "severity": {} }');
  });

  test('an unknown rule is told at its name', () => {
    const { message, fixed } = saidOf('{ "severity": { «"disk/cache-defualt"»: "off" } }');
    assert.match(message, /no rule or area `disk\/cache-defualt`/);
    assert.equal(fixed, '{ "severity": { "disk/cache-default": "off" } }');
  });

  const wrong: readonly (readonly [text: string, message: RegExp])[] = [
    ['{ "severity": { "disk": «"warn"» } }', /`warn` is no severity; there are error, warning/],
    ['{ "severity": { "disk": «2» } }', /`2` is no severity/],
    ['{ "profile": «"fast"» }', /`fast` is no profile; there are migratable/],
    ['{ "profile": ["dense", «"fast"»] }', /`fast` is no profile/],
    ['{ "targetVersion": «9» }', /`9` is no libvirt release such as 9\.0/],
    ['{ "targetVersion": «"newest"» }', /`newest` is no libvirt release/],
    ['{ "overrides": «{}» }', /A list/],
    ['{ "overrides": [«{» "severity": {} }] }', /`files` is missing/],
    ['{ "overrides": [{ "files": "*", "suppress": { "disk/emulated-bus": «""» } }] }', /no reason/],
    ['{ "overrides": [{ "files": "*", "suppress": { «"disk"»: "all of it" } }] }', /no rule `disk`/],
    ['{ "severity": { «"xml/unclosed-element"»: "off" } }', /well-formed/],
    ['{ "options": { «"memory/small"»: {} } }', /no key `memory\/small`/],
    ['{ "options": { "memory/suspicious-small": { «"belw"»: 3 } } }', /did you mean `below`/],
    ['{ "options": { "memory/suspicious-small": { "below": «"3"» } } }', /`3` is no number/],
    ['{ "severity": «[]» }', /An object/],
    ['«[]»', /An object/],
    ['{ "severity": {} «x»}', /no JSON/],
  ];
  for (const [text, message] of wrong)
    test(`is told what is wrong in ${text}`, () => {
      assert.match(saidOf(text).message, message);
    });

  test('counts where it is right, and is empty where it is none', () => {
    assert.equal(
      readProjectFile('{ "severity": { "disk": "off" }, "targetVersion": 9, ').settings.severity.get('disk'),
      'off',
    );
    for (const text of ['', 'null', '"x"', '{', '\u0000', '[[[[']) {
      const { settings, findings } = readProjectFile(text);
      assert.equal(settings.severity.size, 0);
      assert.ok(findings.length > 0, `something is said of ${JSON.stringify(text)}`);
    }
  });
});
