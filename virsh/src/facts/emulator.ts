/** What `<domainCapabilities>` tell of an emulator, as facts. */
import type { HostCpuModel, HostEmulator } from '../../../server/src/host/facts.ts';
import { readXml, type XmlNode } from '../output/xml.ts';

/** Elements whose enumerations are kept, and the names that the elements inside have. */
const groups: readonly (readonly [group: readonly string[], parts: readonly string[]])[] = [
  [
    ['devices'],
    [
      'disk',
      'graphics',
      'video',
      'hostdev',
      'rng',
      'filesystem',
      'tpm',
      'redirdev',
      'channel',
      'crypto',
      'interface',
      'panic',
    ],
  ],
  [['features'], ['hyperv', 'sev', 'sgx', 'launchSecurity', 'gic', 'genid', 'vmcoreinfo', 'ps2']],
  [[], ['memoryBacking', 'iothreads']],
];

export function readEmulator(domainCapabilities: string): HostEmulator {
  const root = readXml(domainCapabilities, 'domainCapabilities');
  const path = root.at('path').text;
  const maxVcpus = root.at('vcpu').attribute('max');
  const os = root.at('os');
  const firmware = valuesOf(os, 'firmware');
  const loaders = textsOf(os.at('loader').all('value'));
  const secure = valuesOf(os.at('loader'), 'secure');
  const parts = groups.flatMap(([group, names]) => names.map((name) => [name, root.at(...group, name)] as const));
  const present = parts.filter(([, node]) => node.exists);
  const values = present.flatMap(([name, node]) => enumerationsOf(name, node));
  const unsupported = present.flatMap(([name, node]) => (node.attribute('supported') === 'no' ? [name] : []));
  return {
    type: root.at('domain').text ?? '',
    architecture: root.at('arch').text ?? '',
    machine: root.at('machine').text ?? '',
    ...(path !== undefined && { path }),
    ...(maxVcpus !== undefined && { maxVcpus: Number(maxVcpus) }),
    ...(firmware && { firmware }),
    ...(loaders.length > 0 && { loaders }),
    ...(secure && { hasSecureBoot: secure.includes('yes') }),
    ...cpuOf(root.at('cpu')),
    values: Object.fromEntries(values),
    ...(unsupported.length > 0 && { unsupported }),
  };
}

function enumerationsOf(name: string, node: XmlNode): readonly (readonly [string, readonly string[]])[] {
  return node.all('enum').flatMap((one) => {
    const property = one.attribute('name');
    return property === undefined ? [] : [[`${name}/${property}`, textsOf(one.all('value'))] as const];
  });
}

/** The values of an enumeration; undefined where libvirt does not tell them. */
function valuesOf(node: XmlNode, name: string): readonly string[] | undefined {
  const found = node.all('enum').find((one) => one.attribute('name') === name);
  return found && textsOf(found.all('value'));
}

function textsOf(nodes: readonly XmlNode[]): readonly string[] {
  return nodes.flatMap((node) => node.text ?? []);
}

function cpuOf(cpu: XmlNode): Pick<HostEmulator, 'cpuModes' | 'cpuModels' | 'hostModel'> {
  if (!cpu.exists) return {};
  const modes = cpu.all('mode');
  const supported = modes.filter((mode) => mode.attribute('supported') === 'yes');
  const [custom, hostModel] = ['custom', 'host-model'].map((name) =>
    supported.find((mode) => mode.attribute('name') === name),
  );
  const model = hostModel?.at('model').text;
  const vendor = hostModel?.at('vendor').text;
  const features = (policy: string): readonly string[] =>
    (hostModel?.all('feature') ?? []).flatMap((one) =>
      one.attribute('policy') === policy ? (one.attribute('name') ?? []) : [],
    );
  return {
    cpuModes: supported.flatMap((mode) => mode.attribute('name') ?? []),
    ...(custom && { cpuModels: modelsOf(custom) }),
    ...(model !== undefined && {
      hostModel: {
        model,
        ...(vendor !== undefined && { vendor }),
        required: features('require'),
        disabled: features('disable'),
      },
    }),
  };
}

function modelsOf(custom: XmlNode): readonly HostCpuModel[] {
  const blockers = new Map(
    custom
      .all('blockers')
      .map((node) => [
        node.attribute('model') ?? '',
        node.all('feature').flatMap((feature) => feature.attribute('name') ?? []),
      ]),
  );
  return custom.all('model').flatMap((model) => {
    const name = model.text;
    if (name === undefined) return [];
    const [usable, vendor] = [model.attribute('usable'), model.attribute('vendor')];
    const blocked = blockers.get(name);
    return [
      {
        name,
        ...((usable === 'yes' || usable === 'no') && { isUsable: usable === 'yes' }),
        ...(blocked && { blockers: blocked }),
        ...(model.attribute('deprecated') === 'yes' && { isDeprecated: true }),
        ...(vendor !== undefined && vendor !== 'unknown' && { vendor }),
      },
    ];
  });
}
