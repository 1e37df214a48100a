/** Charts: what is seen is also said, and gaps stay gaps. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chartsHtml } from '../../../client/src/stats/charts.ts';
import { History, type Moment } from '../../../client/src/stats/history.ts';
import { parseSamples } from '../../../virsh/src/output/domainStats.ts';
import { readXml } from '../../../virsh/src/output/xml.ts';

const nothing = { cpu: undefined, memory: undefined, blockRead: undefined, blockWritten: undefined } as const;
const moment = (at: number, known: Partial<Moment>): Moment => ({
  at,
  ...nothing,
  netReceived: undefined,
  netSent: undefined,
  ...known,
});

describe('charts', () => {
  it('say in a table what they draw', () => {
    const html = chartsHtml([
      moment(0, { cpu: 10, memory: 2 ** 20, blockRead: 0 }),
      moment(2000, { cpu: 30, memory: 2 ** 20, blockRead: 2048 }),
    ]);
    const page = readXml(`<page>${html}</page>`, 'page');
    const rows = page.at('table', 'tbody').all('tr');
    const cells = rows.map((row) => [row.at('th').text, ...row.all('td').map((cell) => cell.text)]);
    assert.deepEqual(cells.slice(0, 3), [
      ['CPU, busy', '30 %', '20 %', '30 %'],
      ['Memory on the host, taken', '1 MiB', '1 MiB', '1 MiB'],
      ['Disks, read', '2 KiB/s', '1 KiB/s', '2 KiB/s'],
    ]);
    assert.deepEqual(cells[3], ['Disks, written', 'not known', 'not known', 'not known']);
    const figures = page.at('div').all('figure');
    assert.equal(figures[0]?.at('svg').attribute('aria-label'), 'CPU: busy 30 %');
    assert.equal(figures[0]?.at('svg').all('polyline').length, 1);
  });

  it('are interrupted where nothing is known, and begin empty', () => {
    const html = chartsHtml([moment(0, { cpu: 1 }), moment(2000, {}), moment(4000, { cpu: 2 })]);
    assert.equal((html.match(/<polyline/g) ?? []).length, 2);
    assert.doesNotMatch(chartsHtml([]), /<polyline|NaN|Infinity/);
    assert.doesNotMatch(html, /NaN|Infinity/);
  });
});

describe('the history of guests', () => {
  const sample = (cpu: number, read: number, name = "it's 'it'") =>
    parseSamples(
      `Domain: '${name}'\n  state.state=1\n  cpu.time=${cpu}\n  balloon.rss=100\n  vcpu.current=2\n  block.count=2\n  block.0.name=vda\n  block.0.rd.bytes=${read}\n  block.1.rd.bytes=1\n\nDomain: 'other'\n  cpu.time=5\n`,
    );

  it('is made of differences: of two vCPUs, and of all disks', () => {
    const history = new History();
    history.add(sample(0, 100), 1000);
    assert.deepEqual(history.of("it's 'it'"), []);
    history.add(sample(1e9, 1100), 3000);
    const [first] = history.of("it's 'it'");
    assert.deepEqual([first?.cpu, first?.blockRead, first?.memory, first?.netSent], [25, 500, 102_400, undefined]);
    assert.ok(history.has('other') && !history.has('none'));
  });

  it('begins anew with a guest that was restarted, and ends with one that is off', () => {
    const history = new History();
    history.add(sample(5e9, 100), 0);
    history.add(sample(1e9, 200), 2000);
    assert.deepEqual(
      history.of("it's 'it'").map(({ cpu, blockRead }) => [cpu, blockRead]),
      [[undefined, 50]],
    );
    history.add(sample(2e9, 200, 'another'), 4000);
    assert.deepEqual(history.of("it's 'it'"), []);
  });

  it('is never busier than all CPUs, and does not grow without end', () => {
    const history = new History();
    for (let turn = 0; turn < 200; turn += 1) history.add(sample(turn * 9e9, 0), turn * 2000);
    const moments = history.of("it's 'it'");
    assert.equal(moments.length, 90);
    assert.equal(moments.at(-1)?.cpu, 100);
  });
});
