/** `virtlint check --host`: documents checked by the facts of hosts that are out of reach. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CommandLine, plainDomain } from '../support/commandLine.ts';

const facts = (name: string, more: object): string => JSON.stringify({ libvirtHost: 1, name, ...more });
const face = (network: string): string =>
  `    <interface type='network'>\n      <source network='${network}'/>\n      <model type='virtio'/>\n    </interface>\n`;

describe('virtlint check --host', () => {
  let cli: CommandLine;
  before(() => {
    cli = new CommandLine();
    cli.write('vm.xml', plainDomain(face('storage')));
    cli.write('newer.xml', plainDomain().replace("machine='q35'", "machine='pc-q35-9.2'"));
    cli.write('a.libvirt-host.json', facts('a', { networks: [{ name: 'default' }] }));
    cli.write('b.libvirt-host.json', facts('b', { networks: [{ name: 'storage' }] }));
    const guest = { architecture: 'x86_64', osType: 'hvm', type: 'kvm', machines: [{ name: 'pc-q35-7.2' }] };
    cli.write('old.libvirt-host.json', facts('old', { guests: [guest] }));
    cli.write('wrong.json', '{"libvirtHost": 1}');
    cli.write(
      'caps.xml',
      '<capabilities><host><topology><cells><cell id="0"><cpus><cpu id="0"/></cpus></cell></cells></topology></host></capabilities>',
    );
  });
  after(() => cli.remove());

  /** Warnings and errors. */
  const told = (...hosts: readonly string[]): string[] => {
    const { stdout } = cli.run(['check', '--format', 'json', ...hosts.flatMap((host) => ['--host', host]), 'vm.xml']);
    const findings: { rule: string; severity: string; message: string }[] = JSON.parse(stdout);
    // Advice that is told of any guest is not what is asked for here.
    return findings
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ rule, message }) => `${rule}: ${message}`);
  };

  test('without a host nothing is told of hosts', () => {
    assert.deepEqual(told(), []);
  });

  test('what a host lacks is told with its name, and with those of all that lack it', () => {
    const missing = (hosts: string): string =>
      `network/host-object-missing: There is no network \`storage\` on ${hosts}: the guest does not start there.`;
    assert.deepEqual(told('a.libvirt-host.json'), [missing('`a`')]);
    assert.deepEqual(told('b.libvirt-host.json'), []);
    assert.deepEqual(told('a.libvirt-host.json', 'b.libvirt-host.json'), [missing('`a`')]);
  });

  test('what the host refuses is an error, and fails the check', () => {
    const { status, stdout } = cli.run(['check', '--host', 'old.libvirt-host.json', 'vm.xml']);
    assert.equal(status, 1);
    assert.match(stdout, /error: There is no machine type `q35` on `old`.* \[devices\/machine-unknown\]/);
  });

  test('fix mends by what the host has', () => {
    const { stdout } = cli.run(['fix', '--dry-run', '--host', 'old.libvirt-host.json', 'newer.xml']);
    assert.match(stdout, /^\+.*machine='pc-q35-7\.2'/m);
  });

  test('what virsh capabilities printed is facts too', () => {
    assert.deepEqual(told('caps.xml'), [
      'numa-pinning/more-vcpus-than-host: The guest has 2 vCPUs, `caps` has 1 CPUs: there they always wait for each other, and a lock whose holder waits stops the others too. Give it no more than the host has.',
    ]);
  });

  test('a file that is none is bad usage', () => {
    for (const [file, problem] of [
      ['nowhere.json', /nowhere\.json cannot be read/],
      ['wrong.json', /wrong\.json is no snapshot of a host: name is missing/],
    ] as const) {
      const { status, stderr } = cli.run(['check', '--host', file, 'vm.xml']);
      assert.equal(status, 2);
      assert.match(stderr, problem);
    }
  });

  test('host-facts says why it has none', () => {
    const { status, stdout, stderr } = cli.run(['host-facts', '--connect', 'nosuch:///driver']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^virtlint: ./);
  });
});
