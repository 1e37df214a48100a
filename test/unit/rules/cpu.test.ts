/** Where the rules of the CPU must keep quiet, whose word counts where several could speak, and further repairs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { cpuModels, lacksOfX86v2 } from '../../../server/src/domain/cpuModels.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import type { HostFacts } from '../../../server/src/host/facts.ts';

const X86 = "<type arch='x86_64' machine='q35'>hvm</type>";

function domain(inner: string, { type = 'kvm', os = X86, vcpu = '<vcpu>4</vcpu>', devices = '' } = {}): string {
  return `<domain type='${type}'><name>a</name><memory unit='GiB'>2</memory>${vcpu}<os>${os}</os>${inner}<devices>${devices}</devices></domain>`;
}

/** The rules of this area that speak of a text; with severities, those only. */
function rulesOf(text: string, ...severities: string[]): string[] {
  return checkText(text)
    .filter(({ rule, severity }) => rule.startsWith('cpu/') && (!severities.length || severities.includes(severity)))
    .map(({ rule }) => rule);
}

/** The text after each fix of one rule's first finding, by title. */
function fixesOf(text: string, rule: string): Record<string, string> {
  const finding = checkText(text).find((candidate) => candidate.rule === rule);
  assert.ok(finding, `${rule} is silent`);
  return Object.fromEntries(finding.fixes().map(({ title, edits }) => [title, applyEdits(text, edits)]));
}

const named = (model: string, features = ''): string =>
  `<cpu mode='custom' match='exact'><model fallback='forbid'>${model}</model>${features}</cpu>`;

describe('CPU rules keep quiet', () => {
  test('about drivers other than QEMU', () => {
    for (const type of ['xen', 'lxc', 'vz', 'bhyve']) {
      assert.deepEqual(rulesOf(domain("<cpu><topology sockets='1' cores='2' threads='1'/></cpu>", { type })), [], type);
    }
  });

  test('about a missing CPU where it costs nothing', () => {
    assert.deepEqual(rulesOf(domain('', { type: 'qemu' })), []);
    assert.deepEqual(rulesOf(domain('', { os: "<type arch='aarch64' machine='virt'>hvm</type>" })), []);
    assert.deepEqual(rulesOf(domain('', { os: "<type arch='s390x'>hvm</type>" })), []);
  });

  test('about host-passthrough where nothing else is to be had', () => {
    const os = "<type arch='aarch64' machine='virt'>hvm</type>";
    assert.deepEqual(rulesOf(domain("<cpu mode='host-passthrough'/>", { os })), []);
  });

  test('about migration of a guest with an assigned device', () => {
    const devices =
      "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='6' slot='2' function='0'/></source></hostdev>";
    assert.deepEqual(rulesOf(domain("<cpu mode='host-passthrough' migratable='off'/>", { devices })), []);
  });

  test('about models of other architectures, and about placeholders', () => {
    assert.deepEqual(rulesOf(domain(named('gen16a-base'), { os: "<type arch='s390x'>hvm</type>" })), []);
    assert.deepEqual(rulesOf(domain(named('cortex-a57'), { os: "<type arch='aarch64'>hvm</type>" })), []);
    assert.deepEqual(rulesOf(domain(named('{{ cpu_model }}'))), []);
    assert.deepEqual(
      rulesOf(domain("<cpu mode='host-model'/>", { vcpu: "<vcpu current='{{n}}'>4</vcpu>" }), 'error'),
      [],
    );
  });

  test('about the number online where the list of vcpus says it', () => {
    const vcpu = "<vcpu current='8'>2</vcpu><vcpus><vcpu id='0' enabled='yes' hotpluggable='no'/></vcpus>";
    assert.deepEqual(rulesOf(domain("<cpu mode='host-model'/>", { vcpu }), 'error'), []);
  });

  test('about mitigations that newer models have, and those that the document settles', () => {
    for (const model of ['Cascadelake-Server', 'Icelake-Server-noTSX', 'SapphireRapids', 'EPYC-Milan', 'EPYC-Turin']) {
      assert.deepEqual(rulesOf(domain(named(model))), [], model);
    }
    const immune = "<feature policy='require' name='amd-no-ssb'/>";
    assert.deepEqual(rulesOf(domain(named('EPYC-Rome', immune))), []);
  });

  test('about threads of a guest that is pinned', () => {
    const topology = "<cpu mode='host-model'><topology sockets='1' cores='2' threads='2'/></cpu>";
    assert.deepEqual(rulesOf(domain(topology, { vcpu: "<vcpu cpuset='0-7'>4</vcpu>" })), [
      'cpu/host-model-cold-restart',
    ]);
  });

  test('about a vendor string that the mode does not read', () => {
    assert.deepEqual(rulesOf(domain("<cpu mode='host-passthrough'><model vendor_id='x'/></cpu>"), 'error'), []);
  });

  test('about many vCPUs on a q35, where newer libvirt adds the IOMMU', () => {
    assert.deepEqual(rulesOf(domain("<cpu mode='host-model'/>", { vcpu: '<vcpu>288</vcpu>' }), 'error'), []);
  });
});

describe('one mistake, one message', () => {
  test('a refused definition is not advised upon as well', () => {
    assert.deepEqual(rulesOf(domain("<cpu match='exact'><feature name='pcid'/></cpu>")), ['cpu/feature-without-model']);
    assert.deepEqual(rulesOf(domain("<cpu><vendor>Intel</vendor><feature name='pcid'/></cpu>")), [
      'cpu/vendor-without-model',
    ]);
    assert.deepEqual(rulesOf(domain("<cpu check='full'/>")), ['cpu/check-without-model']);
  });

  test('an old model is one warning, not two about its lacks', () => {
    assert.deepEqual(rulesOf(domain(named('Penryn'))), ['cpu/legacy-baseline-model']);
  });

  test('the refusal stands where the grammar would have spoken', () => {
    for (const cpu of [
      "<cpu mode='host-model'><topology sockets='1' cores='4'/></cpu>",
      "<cpu mode='host-model'><topology sockets='0' cores='4' threads='1'/></cpu>",
      named('Icelake-Server').replace('<model', "<model vendor_id='Intel'"),
    ]) {
      const errors = checkText(domain(cpu)).filter(({ severity }) => severity === 'error');
      assert.equal(errors.length, 1, `${cpu}: ${errors.map(({ rule }) => rule)}`);
      assert.match(errors[0]?.rule ?? '', /^cpu\//);
    }
  });
});

describe('repairs of the CPU', () => {
  test('a change of mode takes away what the new mode does not read, and keeps the rest', () => {
    const cpu =
      "<cpu mode='custom' match='exact' check='none'><model>kvm64</model><vendor>Intel</vendor><topology sockets='1' cores='4' threads='1'/><feature policy='disable' name='vmx'/></cpu>";
    assert.equal(
      fixesOf(domain(cpu), 'cpu/legacy-baseline-model')["Use mode='host-model'"],
      domain(
        "<cpu mode='host-model'><topology sockets='1' cores='4' threads='1'/><feature policy='disable' name='vmx'/></cpu>",
      ),
    );
  });

  test('a remark inside an emptied element survives', () => {
    const cpu = "<cpu mode='host-passthrough'><!-- why --><model>Haswell</model></cpu>";
    assert.equal(
      Object.values(fixesOf(domain(cpu), 'cpu/model-ignored'))[0],
      domain("<cpu mode='host-passthrough'><!-- why --></cpu>"),
    );
  });

  test('a topology is fitted by cores, or else by the number of vCPUs', () => {
    const cpu = "<cpu mode='host-model'><topology sockets='2' cores='3' threads='1'/></cpu>";
    const texts = fixesOf(domain(cpu), 'cpu/topology-mismatch');
    assert.deepEqual(Object.keys(texts), ['Change cores to 2', 'Change the maximum of <vcpu> to 6, 4 online at start']);
  });

  test('fewer vCPUs than were online', () => {
    const cpu = "<cpu mode='host-model'><topology sockets='1' cores='1' threads='2'/></cpu>";
    const texts = fixesOf(domain(cpu, { vcpu: "<vcpu current='3'>5</vcpu>" }), 'cpu/topology-mismatch');
    const only = texts['Change the maximum of <vcpu> to 2, 2 online at start'];
    assert.equal(only, domain(cpu, { vcpu: "<vcpu current='2'>2</vcpu>" }));
  });

  test('no vCPU at all', () => {
    const text = domain("<cpu mode='host-model'/>", { vcpu: '<vcpu>0</vcpu>' });
    assert.equal(fixesOf(text, 'cpu/vcpu-count')['Allow 1'], text.replace('>0<', '>1<'));
  });

  test('256 vCPUs move to q35 unless addresses tie the devices to the old machine', () => {
    const os = "<type arch='x86_64' machine='pc'>hvm</type>";
    const vcpu = '<vcpu>256</vcpu>';
    const move = 'Change the machine to q35 with an Intel IOMMU';
    const moved = fixesOf(domain("<cpu mode='host-model'/>", { os, vcpu }), 'cpu/vcpu-over-255')[move] ?? '';
    assert.match(moved, /machine='q35'/);
    assert.deepEqual(rulesOf(moved, 'error', 'warning'), []);
    const devices =
      "<controller type='usb' model='qemu-xhci'><address type='pci' domain='0' bus='0' slot='2' function='0'/></controller>";
    const tied = fixesOf(domain("<cpu mode='host-model'/>", { os, vcpu, devices }), 'cpu/vcpu-over-255');
    assert.equal(move in tied, false);
  });

  test('an address width with limit', () => {
    const cpu = "<cpu mode='host-passthrough'><maxphysaddr mode='emulate' bits='42' limit='40'/></cpu>";
    const texts = fixesOf(domain(cpu), 'cpu/maxphysaddr-attributes');
    assert.equal(texts['Remove limit'], domain(cpu.replace(" limit='40'", '')));
  });

  test('names of QEMU and slips of the keyboard', () => {
    assert.deepEqual(Object.keys(fixesOf(domain(named('max')), 'cpu/unknown-model')), ["Use mode='maximum'"]);
    assert.deepEqual(Object.keys(fixesOf(domain(named('icelake-server')), 'cpu/unknown-model')), [
      'Change the model to Icelake-Server',
    ]);
    assert.deepEqual(fixesOf(domain(named('Zen9')), 'cpu/unknown-model'), {});
  });
});

/** The same was measured with `virsh cpu-compare`: a model of which the host lacks a feature, under each policy of that feature. */
test('a feature that a model has is required of the host under some policies only', () => {
  const cpuModels = [{ name: 'Westmere', isUsable: false, blockers: ['aes'] }];
  const host: HostFacts = {
    libvirtHost: 1,
    name: 'old',
    emulators: [{ type: 'kvm', architecture: 'x86_64', machine: 'pc-q35-9.2', cpuModels }],
  };
  const refused = ['require', 'optional', 'force', 'disable', 'forbid'].filter((policy) => {
    const text = domain(named('Westmere', `<feature policy='${policy}' name='aes'/>`));
    return checkText(text, undefined, [host]).some(({ rule }) => rule === 'cpu/model-not-usable');
  });
  assert.deepEqual(refused, ['require', 'forbid']);
});

describe('the table of CPU models', () => {
  const x86 = cpuModels('x86');
  const has = (model: string, feature: string): boolean => x86.get(model)?.features.has(feature) ?? false;

  test('holds what libvirt says of models', () => {
    assert.equal(x86.get('Haswell')?.vendor, 'Intel');
    assert.equal(x86.get('qemu64')?.vendor, undefined);
    assert.deepEqual(
      [has('Haswell', 'avx2'), has('Haswell', 'spec-ctrl'), has('Haswell-IBRS', 'spec-ctrl')],
      [true, false, true],
    );
    assert.deepEqual(
      [has('EPYC', 'ibpb'), has('EPYC-IBPB', 'ibpb'), has('EPYC-Milan', 'amd-ssbd')],
      [false, true, true],
    );
    assert.equal(cpuModels('ppc64').get('POWER9')?.vendor, 'IBM');
    assert.ok(cpuModels('arm').has('Neoverse-N1'));
  });

  test('knows the oldest models that are complete x86-64-v2 CPUs', () => {
    const complete = [...x86.values()].filter((model) => lacksOfX86v2(model).length === 0);
    assert.equal(complete.find(({ vendor }) => vendor === 'Intel')?.name, 'Nehalem');
    assert.equal(complete.find(({ vendor }) => vendor === 'AMD')?.name, 'Opteron_G4');
    assert.deepEqual(lacksOfX86v2(x86.get('Penryn') ?? assert.fail()), ['popcnt', 'sse4.2']);
  });
});
