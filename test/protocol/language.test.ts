/** The language of messages, as an editor or the command line asks for it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CommandLine, plainDomain } from '../support/commandLine.ts';
import { LanguageServer } from '../support/languageServer.ts';

const cli = new CommandLine();
after(() => cli.remove());
cli.write('vm.xml', plainDomain('', ''));

const CHINESE = /\p{Script=Han}/u;
const TEXT = "<domain type='kvm'>\n  <nmae>vm1</nmae>\n</domain>\n";

async function told(kind: Parameters<typeof LanguageServer.start>[0]): Promise<string[]> {
  const server = await LanguageServer.start(kind);
  try {
    const diagnostics = await server.open('file:///language/vm.xml', TEXT);
    return diagnostics.map(({ message }) => (typeof message === 'string' ? message : message.value));
  } finally {
    await server.stop();
  }
}

test('an editor in Chinese is told everything in Chinese', async () => {
  const messages = await told({ locale: 'zh-cn' });
  assert.ok(messages.length > 0);
  for (const message of messages) assert.match(message, CHINESE);
});

test('an option goes before the locale; another language is answered in English', async () => {
  for (const message of await told({ locale: 'de', initializationOptions: { language: 'zh-CN' } }))
    assert.match(message, CHINESE);
  for (const message of await told({ locale: 'de' })) assert.doesNotMatch(message, CHINESE);
});

test('the command line speaks English unless it is asked for another language', () => {
  assert.doesNotMatch(cli.run(['check', 'vm.xml']).stdout, CHINESE);
  assert.match(cli.run(['check', '--language', 'zh-CN', 'vm.xml']).stdout, CHINESE);
  assert.match(cli.run(['--help', '--language', 'zh-CN']).stdout, CHINESE);
  assert.match(cli.run(['check', '--language', 'zh-CN', '--nonsense']).stderr, /--nonsense/);
});
