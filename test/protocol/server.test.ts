/** The built server over stdio, as any editor sees it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { atCursor, LanguageServer } from '../support/languageServer.ts';
import { withEdits } from '../support/textEdits.ts';

const HEAD = "<domain type='kvm'>\n  <name>vm1</name>\n  <memory unit='GiB'>2</memory>\n  <vcpu>2</vcpu>\n";
const OS = "  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n  <cpu mode='host-model'/>\n";
const disk = (driver: string): string =>
  `    <disk type='file' device='disk'>\n      ${driver}\n      <source file='/vm1.qcow2'/>\n      <target dev='vda' bus='virtio'/>\n    </disk>\n`;
const domain = (devices: string): string => `${HEAD}${OS}  <devices>\n${devices}  </devices>\n</domain>\n`;
const MISSPELT = domain(disk("<driver name='qemu' type='qcow2' cahce='none' discard='unmap'/>"));

/** The words of a diagnostic; virtlint sends plain strings. */
function messageOf({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}

describe('language server over stdio', () => {
  let server: LanguageServer;
  let number = 0;
  const fresh = (): string => `file:///protocol/${++number}.xml`;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  test('announces what it can do', () => {
    const capabilities = server.initialized?.capabilities;
    assert.ok(capabilities?.hoverProvider && capabilities.documentSymbolProvider && capabilities.completionProvider);
    const { codeActionKinds } = Object(capabilities.codeActionProvider);
    assert.deepEqual(codeActionKinds?.slice(0, 2), ['quickfix', 'refactor.rewrite']);
  });

  test('marks a misspelt attribute at its very name, with a link to its page', async () => {
    const [error, ...others] = (await server.open(fresh(), MISSPELT)).filter(({ severity }) => severity === 1);
    assert.ok(error);
    assert.deepEqual(others, []);
    const line = MISSPELT.split('\n').findIndex((text) => text.includes('cahce'));
    const character = MISSPELT.split('\n')[line]?.indexOf('cahce') ?? -1;
    assert.deepEqual(error.range, { start: { line, character }, end: { line, character: character + 5 } });
    assert.match(messageOf(error), /`cahce`.*did you mean `cache`/s);
    assert.match(error.codeDescription?.href ?? '', /^https:\/\/\S+\.md/);
    assert.equal(error.source, 'virtlint');
  });

  test('its preferred quick-fix mends the text', async () => {
    const uri = fresh();
    const [error] = (await server.open(uri, MISSPELT)).filter(({ severity }) => severity === 1);
    assert.ok(error);
    const action = (await server.codeActions(uri, error)).find(({ isPreferred }) => isPreferred);
    const change = action?.edit?.documentChanges?.[0];
    assert.ok(change && 'edits' in change);
    assert.deepEqual(change.textDocument, { uri, version: 1 });
    const edits = change.edits.filter((edit): edit is TextEdit => 'range' in edit && 'newText' in edit);
    assert.equal(withEdits(MISSPELT, edits), MISSPELT.replace('cahce', 'cache'));
    const left = await server.change(uri, 2, withEdits(MISSPELT, edits));
    assert.deepEqual(
      left.filter(({ severity }) => severity === 1),
      [],
    );
  });

  test('fixes all that has one obvious fix when asked for it, and only then', async () => {
    const uri = fresh();
    const text = MISSPELT.replace("bus='virtio'", "bus='virtoi'");
    await server.open(uri, text);
    const start = { line: 0, character: 0 };
    const actions = (only: string[]) =>
      server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start, end: start },
        context: { diagnostics: [], only },
      });
    const [fixAll, ...others] = await actions(['source.fixAll']);
    assert.equal(fixAll?.kind, 'source.fixAll.virtlint');
    assert.deepEqual(others, []);
    const change = fixAll.edit?.documentChanges?.[0];
    assert.ok(change && 'edits' in change);
    const edits = change.edits.filter((edit): edit is TextEdit => 'range' in edit && 'newText' in edit);
    assert.equal(withEdits(text, edits), MISSPELT.replace('cahce', 'cache'));
    assert.deepEqual(await actions(['source.organizeImports']), []);
  });

  test('a fix with made-up values lets them be filled in, where the client can', async () => {
    const text = MISSPELT.replace(/ {6}<source[^>]*>\n/, '').replace('cahce', 'cache');
    const inserted = async (snippetEditSupport: boolean) => {
      const other = await LanguageServer.start({
        capabilities: { workspace: { workspaceEdit: { snippetEditSupport } } },
      });
      const uri = fresh();
      const without = text.replace("dev='vda' ", '');
      const diagnostics = await other.open(uri, without);
      const actions = await Promise.all(diagnostics.map((one) => other.codeActions(uri, one)));
      const change = actions.flat().find(({ title }) => title.startsWith('Add dev'))?.edit?.documentChanges?.[0];
      assert.equal(await other.stop(), 0);
      return change && 'edits' in change ? change.edits[0] : undefined;
    };
    const snippet = await inserted(true);
    assert.ok(
      snippet && 'snippet' in snippet && /^ dev='\$\{1:\w+\}'\$0$/.test(snippet.snippet.value),
      JSON.stringify(snippet),
    );
    const plain = await inserted(false);
    assert.ok(plain && 'newText' in plain && /^ dev='\w+'$/.test(plain.newText), JSON.stringify(plain));
  });

  test('several independent errors are told at once', async () => {
    const text = MISSPELT.replace("bus='virtio'", "bus='virtoi'")
      .replace('<vcpu>2', '<vcpus>2')
      .replace('2</vcpu>', '2</vcpus>');
    const lines = (await server.open(fresh(), text))
      .filter(({ severity }) => severity === 1)
      .map(({ range }) => range.start.line);
    assert.equal(new Set(lines).size, 3, `lines ${lines}`);
  });

  test('hover on a cache mode shows the card with its table', async () => {
    const uri = fresh();
    const { text, position } = atCursor(domain(disk("<driver name='qemu' type='qcow2' ca|che='none'/>")));
    await server.open(uri, text);
    const hover = await server.hover(uri, position);
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.match(hover.contents.value, /\|.*writeback.*\|/);
    assert.match(hover.contents.value, /directsync/);
  });

  test('hover on what has no card shows what the grammar knows', async () => {
    const uri = fresh();
    const { text, position } = atCursor(domain("    <sound mo|del='ich9'/>\n"));
    await server.open(uri, text);
    const hover = await server.hover(uri, position);
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.match(hover.contents.value, /ac97/);
  });

  test('completes attributes, values and elements', async () => {
    const labels = async (marked: string): Promise<string[]> => {
      const uri = fresh();
      const { text, position } = atCursor(marked);
      await server.open(uri, text);
      return (await server.completion(uri, position)).map(({ label }) => label);
    };
    assert.ok((await labels(domain(disk("<driver name='qemu' |/>")))).includes('cache'));
    assert.ok((await labels(domain(disk("<driver name='qemu' cache='|'/>")))).includes('directsync'));
    const devices = await labels(domain('    <|\n'));
    assert.ok(devices.includes('disk') && devices.includes('interface'), `offered: ${devices}`);
    assert.ok(!devices.includes('vcpu'));
  });

  test('names devices in the outline as people do', async () => {
    const uri = fresh();
    const face =
      "    <interface type='network'><mac address='52:54:00:11:22:33'/><source network='default'/></interface>\n";
    await server.open(uri, domain(disk("<driver name='qemu' type='qcow2'/>") + face));
    const [root] = await server.symbols(uri);
    assert.equal(root?.name, 'Domain vm1');
    const devices = root?.children?.find(({ name }) => name === 'Devices')?.children?.map(({ name }) => name);
    assert.deepEqual(devices, ['Disk vda (virtio)', 'Interface 52:54:00:11:22:33']);
  });

  test('other XML gets nothing', async () => {
    for (const text of [
      '<project><name>x</name></project>',
      '<domain><customer id="1"/></domain>',
      '',
      'no xml at all',
    ]) {
      const uri = fresh();
      await server.openSilently(uri, text);
      assert.equal(await server.hover(uri, { line: 0, character: 2 }), null);
      assert.deepEqual(server.publishedFor(uri), []);
    }
  });

  test('a file becomes and ceases to be a domain while it is typed', async () => {
    const uri = fresh();
    await server.openSilently(uri, '<dom');
    assert.ok((await server.change(uri, 2, "<domain type='kvm'>")).length > 0, 'an unclosed domain has an error');
    assert.deepEqual(await server.change(uri, 3, '<project/>'), []);
  });

  test('in language libvirt-domain a broken file is told of, and nothing has to be proved', async () => {
    assert.ok((await server.open(fresh(), '<domain', 'libvirt-domain')).length > 0);
    const uri = fresh();
    const network = '<network><name>n</name><brigde/></network>';
    assert.equal((await server.open(uri, network, 'libvirt-domain')).length, 1);
    assert.ok(await server.hover(uri, { line: 0, character: 3 }));
    const foreign = fresh();
    await server.openSilently(foreign, network, 'xml');
    assert.equal(await server.hover(foreign, { line: 0, character: 3 }), null);
    assert.deepEqual(server.publishedFor(foreign), []);
  });

  test('gives the page of a rule', async () => {
    const page = await server.connection.sendRequest<string | null>('virtlint/rulePage', { page: 'xml/well-formed' });
    assert.match(page ?? '', /^# /);
    assert.equal(await server.connection.sendRequest('virtlint/rulePage', { page: '../../etc/passwd' }), null);
  });

  test('checks a text that is not open', async () => {
    const findings = await server.connection.sendRequest<{ severity: string }[]>('virtlint/check', { text: MISSPELT });
    assert.equal(findings.filter(({ severity }) => severity === 'error').length, 1);
  });
});

test('a client without versioned edits gets plain ones, and its own page address', async () => {
  const server = await LanguageServer.start({
    documentChanges: false,
    initializationOptions: { pageAddress: 'editor://{rule}/{page}' },
  });
  const uri = 'file:///plain.xml';
  const [error] = (await server.open(uri, MISSPELT)).filter(({ severity }) => severity === 1);
  assert.ok(error);
  assert.match(error.codeDescription?.href ?? '', /^editor:\/\/grammar%2F/);
  const [action] = await server.codeActions(uri, error);
  assert.ok(action?.edit?.changes?.[uri]);
  await server.stop();
});

describe('bad input is told of in bounded time', () => {
  const LIMIT_MILLISECONDS = 2000;
  const billionLaughs = `<?xml version="1.0"?><!DOCTYPE domain [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => {
    const [name, of] = [
      String.fromCharCode(98 + (i % 24)) + i,
      i === 0 ? 'a' : String.fromCharCode(98 + ((i - 1) % 24)) + (i - 1),
    ];
    return `<!ENTITY ${name} "${`&${of};`.repeat(10)}">`;
  }).join('')}]><domain type='kvm'><name>&g29;</name></domain>`;
  const inputs: Readonly<Record<string, string>> = {
    'a file of 50 MB': `${HEAD}<description>${'x'.repeat(50 * 1024 * 1024)}</description></domain>`,
    'binary data': `<domain type='kvm'>\u0000\u0001${'\u0000\ufffd\u0003'.repeat(100_000)}`,
    'billion laughs': billionLaughs,
    'an external entity':
      "<!DOCTYPE domain [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><domain type='kvm'><name>&e;</name></domain>",
    '10,000 levels': `<domain type='kvm'>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</domain>`,
    '50,000 wrong brothers': domain('<dsik/>'.repeat(50_000)),
  };
  for (const [name, text] of Object.entries(inputs)) {
    test(name, async () => {
      const server = await LanguageServer.start();
      // The least of several: the other suites have the processor in between.
      let milliseconds = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 3 && milliseconds >= LIMIT_MILLISECONDS; round++) {
        const start = performance.now();
        const diagnostics = await server.open(`file:///${encodeURIComponent(name)}-${round}.xml`, text);
        milliseconds = Math.min(milliseconds, performance.now() - start);
        assert.ok(
          diagnostics.some(({ severity }) => severity === 1),
          'an error says what is wrong',
        );
        assert.ok(!JSON.stringify(diagnostics).includes('root:x:'), 'nothing was fetched');
      }
      assert.ok(milliseconds < LIMIT_MILLISECONDS, `${Math.round(milliseconds)} ms`);
      assert.equal(await server.stop(), 0);
    });
  }
});
