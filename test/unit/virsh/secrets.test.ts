/** Passwords stay out of argument lists and out of everything that is written down, whatever they consist of. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { escapeAttribute, escapeText } from '../../../server/src/xml/edits.ts';
import { refuseSecrets, withoutSecrets } from '../../../virsh/src/audit/secrets.ts';
import { option, readCommand } from '../../../virsh/src/command.ts';
import { quoteAllForShell, quoteForShell } from '../../../virsh/src/run/quote.ts';
import { createRunner } from '../../../virsh/src/run/runner.ts';
import { Random } from '../../support/random.ts';

const cases = 400;

/** A password of 8 to 20 of the given characters with a mark inside that occurs nowhere else. */
function password(random: Random, characters: string): string {
  const length = 8 + random.below(13);
  const letters = Array.from({ length }, () => characters[random.below(characters.length)] ?? 'x');
  letters.splice(random.below(length), 0, `Zq${random.below(1e6)}qZ`);
  return letters.join('');
}

const everything = 'aZ09 \'"<>&$`\\;|(){}[]*?!#~%^=+-_.,:/@äß☃';
/** What may stand before the @ of a URI as it is. */
const ofUri = "aZ09-._~!$&'()*+,;=%";

describe('secrets', () => {
  it('are hidden in the URI of a command line, however often it is quoted', () => {
    const random = new Random(1);
    for (let i = 0; i < cases; i++) {
      const secret = password(random, ofUri);
      const uri = `qemu+ssh://root:${secret}@host.example/system?no_tty=1`;
      const direct = quoteAllForShell(['virsh', '-q', '-c', uri, 'start', '--domain=a b@c']);
      const nested = quoteAllForShell(['ssh', '--', 'me@lab', quoteAllForShell(['env', 'virsh', '-c', uri])]);
      for (const line of [direct, nested, `error: cannot open ${uri}`]) {
        const shown = withoutSecrets(line);
        assert.equal(shown.includes(secret.slice(secret.indexOf('Zq'), secret.indexOf('qZ') + 2)), false, shown);
        assert.match(shown, /:\/\/root:\*\*\*@host\.example\/system/);
      }
      assert.match(withoutSecrets(direct), /'?--domain=a b@c'?/);
    }
  });

  it('are hidden wherever a message repeats them from the document', () => {
    const random = new Random(2);
    for (let i = 0; i < cases; i++) {
      const secret = password(random, everything);
      const mark = secret.slice(secret.indexOf('Zq'), secret.indexOf('qZ') + 2);
      const attributeText = `<graphics type='vnc' passwd='${escapeAttribute(secret, "'")}'/>`;
      const document = random.below(2)
        ? `<domain><devices>${attributeText}</devices></domain>`
        : `<domain><x:auth xmlns:x='urn:x'><password>${escapeText(secret)}</password></x:auth></domain>`;
      const said = [
        `error: internal error: cannot use '${secret.trim()}' here`,
        `error: (domain_definition):7: junk\n${attributeText.slice(random.below(30))}\n------^`,
        `error: {"execute":"set_password","arguments":{"password":${JSON.stringify(secret)}}}`,
      ];
      for (const text of said) assert.equal(withoutSecrets(text, document).includes(mark), false, text);
    }
  });

  it('are hidden where only the message says that they are secrets', () => {
    for (const text of [
      'qemu-system-x86_64: -vnc :1,password=Zq1qZ: nope',
      "ssh -o 'ProxyCommand=sshpass -p Zq1qZ ssh -W %h:%p jump' host",
      '"qom-type":"secret","id":"s0","data":"Zq1qZ","keyid":"masterKey0"',
      '<graphics type="vnc" passwd="Zq1qZ',
      '<ci:passphrase>Zq1qZ',
      'rbd:pool/x:vnc_password=Zq1qZ,',
    ])
      assert.equal(withoutSecrets(text).includes('Zq1qZ'), false, withoutSecrets(text));
  });

  it('are no reason to hide anything else', () => {
    for (const text of [
      'root@127.0.0.1: Permission denied (publickey,password).\nPermission denied, please try again.\n',
      "error: Secret not found: no secret with matching uuid 'a1b2c3d4-0000-4000-8000-000000000001'",
      "virsh -q -c 'qemu+ssh://root@[fe80::1]:22/system?socket=/a@b' secret-set-value --file=/tmp/x",
      "<secret type='ceph' uuid='a1b2'/>",
      "error: cannot parse password validity time 'x', expect YYYY-MM-DDTHH:MM:SS",
    ])
      assert.equal(withoutSecrets(text), text);
    const caret = 'error: (domain_definition):2: no name\n  <title>a & b</title>\n-----^\nmore\n';
    assert.equal(withoutSecrets(caret), 'error: (domain_definition):2: no name\n…\n-----^\nmore\n');
  });

  it('never become arguments: a command that would show one is not started', async () => {
    const random = new Random(3);
    for (let i = 0; i < 50; i++) {
      const secret = password(random, everything);
      for (const args of [
        ['secret-set-value', option('secret', 'x'), option('base64', secret)],
        ['set-user-password', option('domain', 'x'), option('user', 'root'), option('password', secret)],
        ['set-user-password', 'x', 'root', secret],
      ])
        assert.throws(
          () => refuseSecrets(args),
          (fault: Error) => !fault.message.includes(secret),
        );
    }
    refuseSecrets(['define', '--validate', option('domain', '--password=x://')]);
    const runner = createRunner({ kind: 'uri', name: 'x', uri: 'test:///default' }, { virshPath: process.execPath });
    await assert.rejects(runner.run(readCommand(['set-user-password', quoteForShell('x')], () => 0)), RangeError);
  });
});
