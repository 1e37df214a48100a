import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../../server/src/features/hover.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

function hoverAt(marked: string): { readonly markdown: string; readonly token: string } | undefined {
  const { text, offset } = atMark(marked);
  const found = hover(parseXml(text), offset);
  return found && { markdown: found.markdown, token: text.slice(found.span.start, found.span.end) };
}

const domain = (inside: string): string => `<domain type='kvm'>\n  <name>vm</name>\n  ${inside}\n</domain>`;

test('an attribute shows its card, then what the grammar knows', () => {
  const found = hoverAt(domain("<cpu mo|de='host-model'/>"));
  assert.equal(found?.token, 'mode');
  const [card = '', facts = ''] = found?.markdown.split('\n\n---\n\n') ?? [];
  assert.match(card, /^#### CPU mode/);
  assert.match(card, /95\.84/);
  assert.match(facts, /^Optional\. Takes .*`host-passthrough`/);
});

test('a value shows its own card before that of the attribute', () => {
  const found = hoverAt(domain("<cpu mode='host-|model'/>"));
  assert.equal(found?.token, 'host-model');
  const titles = [...(found?.markdown.matchAll(/^#### (.*)$/gm) ?? [])].map(([, title]) => title);
  assert.equal(titles.length, 2);
  assert.match(titles[0] ?? '', /host-model/);
});

test('an element without a card shows its attributes and children', () => {
  const found = hoverAt(domain("<devices><so|und model='ich9'/></devices>"));
  assert.match(found?.markdown ?? '', /`<sound>`/);
  assert.match(found?.markdown ?? '', /may be repeated/);
  assert.match(found?.markdown ?? '', /Attributes: .*\*\*`model`\*\*/);
});

test('required attributes are told from others', () => {
  assert.match(
    hoverAt(domain("<devices><sound mo|del='ich9'/></devices>"))?.markdown ?? '',
    /Required\. Takes .*`ac97`/,
  );
});

test('a text says the same as its element', () => {
  const found = hoverAt(domain("<memory unit='GiB'>1|6</memory>"));
  assert.equal(found?.token, '16');
  assert.match(found?.markdown ?? '', /memory/i);
});

test('an end tag too', () => {
  assert.equal(hoverAt(domain('<vcpu>2</vc|pu>'))?.token, 'vcpu');
});

test('between tags, in comments and of unknown names there is nothing to say', () => {
  assert.equal(hoverAt(domain('|')), undefined);
  assert.equal(hoverAt(domain('<!-- v|cpu -->')), undefined);
  assert.equal(hoverAt(domain('<fro|b/>')), undefined);
  assert.equal(hoverAt(domain("<vcpu fro|b='x'>2</vcpu>")), undefined);
});

test('where there is no card, the documentation speaks, of this variant, with default, release and page', () => {
  const source = hoverAt(domain("<devices><disk type='network'><so|urce protocol='rbd' name='a'/></disk></devices>"));
  const [text = '', facts = ''] = source?.markdown.split('\n\n---\n\n') ?? [];
  assert.match(text, /`<source>`\n\n.*(RBD|Ceph)/);
  assert.match(facts, /\[libvirt's page\]\(https:\/\/libvirt\.org\/formatdomain\.html#/);
  const file = hoverAt(domain("<devices><disk type='file'><so|urce file='/a'/></disk></devices>"));
  assert.notEqual(file?.markdown.split('\n\n---\n\n')[0], text);
  assert.match(
    hoverAt(domain("<memory unit='KiB' dump|Core='off'>1</memory>"))?.markdown ?? '',
    /Default: .*\. Since libvirt 0\.10\.2\. \[libvirt's page\]/,
  );
});

test('a value has its own words before those of the attribute', () => {
  const found = hoverAt(domain("<clock offset='local|time'/>"));
  assert.match(found?.markdown ?? '', /\*\*`localtime`\*\*: .*\n\n/);
});

test('the unit of a text is told of its element', () => {
  assert.match(hoverAt(domain('<memtune><hard|_limit>1</hard_limit></memtune>'))?.markdown ?? '', /Unit: KiB\./);
});

test('of two releases the later is told: that of the place, and that of what stands there', () => {
  const text = "<os><nvram type='file'><so|urce file='/a'/></nvram></os>";
  assert.match(hoverAt(domain(text))?.markdown ?? '', /Since libvirt 8\.5\./);
});

test('what a card dates is not dated again', () => {
  const found = hoverAt(domain("<cpu mode='host-passth|rough'/>"))?.markdown ?? '';
  assert.doesNotMatch(found.split('\n\n---\n\n').at(-1) ?? '', /Since/);
});
