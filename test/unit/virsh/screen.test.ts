/** The screens of guests: where they are, and pictures of them. */
import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { explainFailure } from '../../../virsh/src/failures/explain.ts';
import { type Connection, type Host, takeScreenshot } from '../../../virsh/src/index.ts';
import { failure, success } from '../../../virsh/src/result.ts';
import { asBitmap } from '../../../virsh/src/screen/pixmap.ts';
import { vncPassword, vncPlace } from '../../../virsh/src/screen/vnc.ts';
import { failed, value } from '../../support/bed/results.ts';

const at = (uri: string): Connection => ({ kind: 'uri', name: 'host', uri });
const overSsh: Connection = { kind: 'ssh', name: 'lab', target: 'lab', options: [], uri: 'qemu:///system' };
const domain = (graphics: string): string => `<domain id='1'><devices>${graphics}</devices></domain>`;
const listening = (address: string): string =>
  domain(`<graphics type='spice' port='5901'/>
    <graphics type='vnc' port='5902' autoport='yes' listen='${address}'><listen type='address' address='${address}'/></graphics>`);

describe('where a VNC server listens', () => {
  it('is where the live XML says, as seen from the host', () => {
    for (const connection of [at('qemu:///system'), at('qemu+ssh://root@lab/system'), overSsh]) {
      const port = (address: string) => ({ kind: 'port', address, port: 5902 });
      assert.deepEqual(vncPlace(listening('127.0.0.1'), connection), port('127.0.0.1'));
      assert.deepEqual(vncPlace(listening('0.0.0.0'), connection), port('127.0.0.1'));
      assert.deepEqual(vncPlace(listening('10.0.0.7'), connection), port('10.0.0.7'));
    }
  });

  it('is reached over the network where the connection brings no way of its own', () => {
    const tls = at('qemu+tls://lab.example.org/system');
    assert.deepEqual(vncPlace(listening('0.0.0.0'), tls), { kind: 'port', address: 'lab.example.org', port: 5902 });
    const none = vncPlace(listening('127.0.0.1'), tls);
    assert.match(none.kind === 'none' ? none.why : '', /only on lab\.example\.org itself.*Use qemu\+ssh/);
  });

  it('may be a socket', () => {
    const socket = "<graphics type='vnc'><listen type='socket' socket='/run/x y.sock'/></graphics>";
    assert.deepEqual(vncPlace(domain(socket), overSsh), { kind: 'socket', path: '/run/x y.sock' });
    assert.deepEqual(vncPlace(domain("<graphics type='vnc' socket='/run/v'/>"), overSsh), {
      kind: 'socket',
      path: '/run/v',
    });
  });

  it('is nowhere for other screens, and for none', () => {
    for (const [graphics, why] of [
      ['', /no graphical screen/],
      ["<graphics type='spice'/>", /Its screen is spice/],
      ["<graphics type='vnc'><listen type='none'/></graphics>", /listens nowhere/],
      ["<graphics type='vnc' port='-1'/>", /listens nowhere/],
    ] as const) {
      const place = vncPlace(domain(graphics), overSsh);
      assert.match(place.kind === 'none' ? place.why : '', why);
    }
  });

  it('is nowhere for a VM that is off', () => {
    const off = "<domain><devices><graphics type='vnc' port='5900'/></devices></domain>";
    assert.deepEqual(vncPlace(off, overSsh), { kind: 'none', why: 'The VM does not run.' });
  });

  it('has the password that the XML tells', () => {
    assert.equal(
      vncPassword(domain("<graphics type='spice' passwd='a'/><graphics type='vnc' passwd='b &amp; c'/>")),
      'b & c',
    );
    assert.equal(vncPassword(domain("<graphics type='vnc'/>")), undefined);
  });
});

describe('a portable pixmap', () => {
  it('becomes a bitmap: rows padded, blue first, the topmost row first', () => {
    const pixmap = Buffer.concat([Buffer.from('P6\n# made by hand\n1 2\n255\n'), Buffer.from([1, 2, 3, 4, 5, 6])]);
    const bitmap = asBitmap(pixmap);
    assert.ok(bitmap);
    assert.deepEqual([bitmap.toString('latin1', 0, 2), bitmap.length, bitmap.readUInt32LE(2)], ['BM', 62, 62]);
    assert.deepEqual([bitmap.readInt32LE(18), bitmap.readInt32LE(22), bitmap.readUInt16LE(28)], [1, -2, 24]);
    assert.deepEqual([...bitmap.subarray(54)], [3, 2, 1, 0, 6, 5, 4, 0]);
  });

  it('that is none, or not whole, becomes nothing', () => {
    assert.equal(asBitmap(Buffer.from('P6 2 2 255 abc')), undefined);
    assert.equal(asBitmap(Buffer.from('P5 1 1 255 abc')), undefined);
    assert.equal(asBitmap(Buffer.alloc(0)), undefined);
  });
});

describe('a screenshot', () => {
  const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
  const busy = "error: Failed to acquire pid file '/x/driver.pid': Resource temporarily unavailable\n";

  /** A host whose streams end one after the other as it is told; a text is an error. No real one is busy at will. */
  function answering(...answers: readonly (Buffer | string)[]) {
    let turn = 0;
    const stream: Host['stream'] = async ({ args }) => {
      assert.deepEqual(args, ['screenshot', `--domain=${uuid}`, '--file=/dev/stdout']);
      const answer = answers[turn] ?? 'error: asked too often\n';
      turn += 1;
      const isError = typeof answer === 'string';
      const output = Readable.from(isError ? [] : [answer.subarray(0, 4), answer.subarray(4)]);
      const end = { end: 'exited', exitCode: 1, stderr: String(answer), commandLine: '', connection: 'x' } as const;
      const ended = isError ? failure(explainFailure({ ...end, timeoutMilliseconds: 0 })) : success(undefined);
      return success({ input: new PassThrough(), output, ended: Promise.resolve(ended), stop: () => undefined });
    };
    return { stream, connection: at('qemu:///system') };
  }

  it('is put together from its pieces', async () => {
    assert.deepEqual(value(await takeScreenshot(answering(png), uuid)), { data: png, type: 'image/png' });
  });

  it('is taken again where the playground was busy, and not after another failure', async () => {
    assert.equal(value(await takeScreenshot(answering(busy, busy, png), uuid)).type, 'image/png');
    assert.match(failed(await takeScreenshot(answering('error: no screen\n', png), uuid)).message, /no screen/);
  });

  it('in an unknown form is a failure', async () => {
    assert.equal(failed(await takeScreenshot(answering(Buffer.from('GIF')), uuid)).kind, 'unexpected-output');
  });
});
