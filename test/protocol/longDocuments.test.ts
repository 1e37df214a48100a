/** In long documents rules are asked when the typing pauses; nothing they said is lost or astray meanwhile. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { domainOf } from '../bench/documents.ts';
import { LanguageServer } from '../support/languageServer.ts';

const LINES = 3000;
const refused = "cache='writeback' io='native'";
const taken = "cache='none' io='native'";

/** Exchanges the n-th of the texts that are alike. */
function nth(text: string, from: string, to: string, number: number): string {
  let seen = 0;
  return text.replaceAll(from, (whole) => (seen++ === number ? to : whole));
}

describe('a document of 3,000 lines', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const text = nth(domainOf(LINES), taken, refused, 400);
  const lineOf = (document: string, found: string): number =>
    document.slice(0, document.indexOf(found)).split('\n').length - 1;

  test('keeps what a rule said at its token while something else is typed', async () => {
    const uri = 'file:///long.xml';
    const first = await server.open(uri, text);
    const isRefusal = ({ code }: { code?: unknown }): boolean => code === 'disk/io-native-cache';
    assert.equal(first.find(isRefusal)?.range.start.line, lineOf(text, refused));
    const edited = text.replace('<vcpu>4</vcpu>', '\n  <vcpuu>4</vcpuu>');
    const now = await server.change(uri, 2, edited);
    assert.equal(now.find(isRefusal)?.range.start.line, lineOf(edited, refused));
    assert.ok(
      now.some(({ code }) => code === 'grammar/misspelt-element'),
      'the grammar speaks at once',
    );
  });

  test('keeps silent what is silenced, and calls no suppression unused before all was checked', async () => {
    const uri = 'file:///silent.xml';
    const comment = '<!-- virtlint-disable disk/io-native-cache: vendor libvirt -->\n';
    const own = ({ code }: { code?: unknown }): boolean => /^(virtlint\/|disk\/io-native-cache)/.test(String(code));
    assert.deepEqual((await server.open(uri, comment + text)).filter(own), []);
    const elsewhere = comment + text.replace('<vcpu>4</vcpu>', '<vcpu>44</vcpu>');
    assert.deepEqual((await server.change(uri, 2, elsewhere)).filter(own), []);
    const atToken = elsewhere.replace(refused, "cache='writebacc' io='native'");
    assert.deepEqual((await server.change(uri, 3, atToken)).filter(own), []);
  });

  test('tells of a new refusal when the typing pauses, and fixes it', async () => {
    const uri = 'file:///pause.xml';
    await server.open(uri, domainOf(LINES));
    await server.change(uri, 2, text);
    const deadline = Date.now() + 5000;
    const last = () => server.publishedFor(uri).findLast(({ version }) => version === 2)?.diagnostics ?? [];
    while (!last().some(({ code }) => code === 'disk/io-native-cache') && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const refusal = last().find(({ code }) => code === 'disk/io-native-cache');
    assert.ok(refusal, 'the refusal is told');
    assert.equal(refusal.range.start.line, lineOf(text, refused));
    const actions = await server.codeActions(uri, refusal);
    assert.ok(actions.some(({ isPreferred }) => isPreferred));
  });
});
