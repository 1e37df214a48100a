/** CPUs that a host cannot give, and CPUs that differ from host to host. */

import { cpuOf, modeSpan, namedCpu } from '../../domain/cpu.ts';
import { x86Features } from '../../domain/cpuFeatures.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { blockersOf, hostFeatures } from '../../domain/hostCpu.ts';
import { say } from '../../l10n/say.ts';
import { setText, setValue } from '../../xml/edits.ts';
import { attribute, attributeValue, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import { defineRule, type Rule } from '../rule.ts';

const page = 'cpu/on-host';

/** More would not be read. */
const MOST_BLOCKERS = 8;
/** With these policies a feature of the model need not be one of the host's CPU. */
const NOT_REQUIRED: ReadonlySet<string> = new Set(['disable', 'optional', 'force']);

function* unusableModel(domain: Domain, host: Host): Iterable<Lack> {
  // Under emulation libvirt compares nothing, and QEMU leaves out what it cannot do.
  const cpu = domain.isKvm ? namedCpu(domain) : undefined;
  const emulator = host.program(domain);
  if (!cpu || !emulator?.cpuModels || attributeValue(cpu.element, 'check') === 'none') return;
  const model = emulator.cpuModels.find(({ name }) => name === cpu.modelName);
  if (model?.isUsable !== false) return;
  const spared = new Set(cpu.features.flatMap(({ name, policy }) => (NOT_REQUIRED.has(policy) ? [name] : [])));
  const blockers = blockersOf(emulator, cpu.modelName);
  const missing = blockers?.filter((feature) => !spared.has(feature));
  // What stops the model may be what the domain does not ask the host's CPU for.
  if (missing ? missing.length === 0 : spared.size > 0) return;
  const hostModel = emulator.hostModel?.model;
  yield {
    at: textSpan(cpu.model),
    message: (hosts) =>
      say`The guest does not start on ${hosts}, whose CPU cannot be a \`${cpu.modelName}\`${missing ? say`: it lacks ${listed(missing)}` : ''}. Take \`mode='host-model'\`, or a model that fits (\`Libvirt: Apply CPU Baseline…\` finds one for several hosts).`,
    fixes:
      hostModel !== undefined &&
      hostModel !== cpu.modelName &&
      emulator.cpuModels.some(({ name, isUsable }) => name === hostModel && isUsable)
        ? [{ title: say`Change the model to ${hostModel}`, edits: setText(cpu.model, hostModel) }]
        : [],
  };
}

function* unknownModel(domain: Domain, host: Host): Iterable<Lack> {
  const cpu = namedCpu(domain);
  const models = host.program(domain)?.cpuModels;
  if (!cpu || !models || models.length === 0 || !/^[\w.-]+$/.test(cpu.modelName)) return;
  if (models.some(({ name }) => name === cpu.modelName)) return;
  const isStrict = attributeValue(cpu.model, 'fallback') === 'forbid';
  yield {
    at: textSpan(cpu.model),
    message: (hosts) =>
      say`QEMU on ${hosts} has no CPU model \`${cpu.modelName}\`: ${isStrict ? say`the guest does not start there` : say`libvirt there puts a similar one in its place, or does not start the guest`}.`,
  };
}

function* missingFeature(domain: Domain, host: Host): Iterable<Lack> {
  const cpu = domain.isX86 && domain.isKvm ? cpuOf(domain) : undefined;
  const emulator = cpu && host.program(domain);
  const has = emulator && hostFeatures(emulator);
  if (!cpu || !has) return;
  for (const { element, name, policy } of cpu.features) {
    const at = attribute(element, 'name');
    // host-model has no features that keep a guest from moving.
    if (!at || policy !== 'require' || has.has(name) || name === 'invtsc' || !x86Features().has(name)) continue;
    yield {
      at: valueSpan(at),
      message: (hosts) =>
        say`The feature \`${name}\` is required, and ${hosts} cannot give it to a guest: the guest does not start there, or runs without it. With \`policy='optional'\` it is taken where it is.`,
      fixes: policyFix(element, domain),
    };
  }
}

function policyFix(feature: Parameters<typeof attribute>[0], { document }: Domain) {
  const policy = attribute(feature, 'policy');
  return policy ? [{ title: say`Change policy to 'optional'`, edits: setValue(policy, 'optional', document) }] : [];
}

function listed(features: readonly string[]): string {
  const shown = features
    .slice(0, MOST_BLOCKERS)
    .map((feature) => `\`${feature}\``)
    .join(', ');
  return features.length > MOST_BLOCKERS ? say`${shown} and ${features.length - MOST_BLOCKERS} more` : shown;
}

interface Difference {
  readonly at: Span;
  readonly mode: string;
  readonly cpus: readonly string[];
}

/** The CPU that a host gives by itself, as far as its facts tell. */
function ownCpu(host: Host, domain: Domain): string | undefined {
  const { hostModel } = host.program(domain) ?? {};
  if (!hostModel) return host.facts.cpu?.model;
  return [hostModel.model, ...[...hostModel.required].sort(), '-', ...[...hostModel.disabled].sort()].join(' ');
}

const differs = defineRule<Difference>({
  id: 'cpu/differs-between-hosts',
  page,
  severity: 'warning',
  needs: ['cpu', '@mode'],
  *find(domain) {
    const cpu = cpuOf(domain);
    if (!cpu?.isPassthrough || domain.hosts.length < 2) return;
    const known = domain.hosts.map((host) => ({ host, own: ownCpu(host, domain) }));
    if (known.some(({ own }) => own === undefined) || new Set(known.map(({ own }) => own)).size === 1) return;
    const cpus = known.map(({ host, own }) => `\`${host.name}\` (${own?.split(' ')[0]})`);
    yield { at: modeSpan(cpu), mode: cpu.mode, cpus };
  },
  say: ({ at, mode, cpus }) => ({
    at,
    message: say`\`mode='${mode}'\` gives the guest the CPU of whichever host it is on, and the CPUs of ${cpus.join(', ')} differ: it cannot move between them while it runs. Take a CPU that all of them have.`,
  }),
});

export const rules: readonly Rule[] = [
  hostRule({
    id: 'cpu/model-not-usable',
    page,
    severity: 'error',
    needs: ['model'],
    hasFix: true,
    find: unusableModel,
  }),
  hostRule({ id: 'cpu/model-not-on-host', page, severity: 'warning', needs: ['model'], find: unknownModel }),
  hostRule({
    id: 'cpu/feature-not-on-host',
    page,
    severity: 'warning',
    needs: ['feature'],
    hasFix: true,
    find: missingFeature,
  }),
  differs,
];
