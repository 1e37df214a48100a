import { timer } from '../../domain/clock.ts';
import type { Domain } from '../../domain/domain.ts';
import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import type { TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { addTimers } from '../clock-timers/repairs.ts';
import { defineRule } from '../rule.ts';
import { enlightenment, isEnlightened, isWindowsOnKvm, takesAll } from './enlightenments.ts';

interface Match {
  readonly hyperv: XmlElement | undefined;
  readonly missing: readonly string[];
}

/** Of use to every Windows since Vista, and without conditions. */
const BASIC = ['relaxed', 'vapic', 'spinlocks'];
/** What virt-install writes: the basic ones, then those that stand on each other. */
const USUAL = [...BASIC, 'vpindex', 'runtime', 'synic', 'stimer', 'frequencies', 'tlbflush', 'ipi'];

function addUsual(domain: Domain): TextEdit[] {
  const lines = USUAL.map((name) => `  ${enlightenment(name)}`);
  const whole = ["<hyperv mode='custom'>", ...lines, '</hyperv>'].join('\n');
  const features = addFeature(domain, whole);
  // stimer needs the clock; without features and clock both edits would be at one place.
  const needsClock = child(domain.root, 'features') !== undefined && !timer(domain, 'hypervclock');
  const clock = needsClock ? addTimers(domain, ["<timer name='hypervclock' present='yes'/>"], 'localtime') : [];
  return [...features, ...clock];
}

function complete(hyperv: XmlElement, missing: readonly string[], domain: Domain): TextEdit[] {
  const { document } = domain;
  const written = missing.flatMap((name) => child(hyperv, name) ?? []);
  const absent = missing.filter((name) => !written.some((one) => one.name === name));
  return [
    ...written.flatMap((one) => setAttribute(one, 'state', 'on', document)),
    ...(absent.length > 0 ? insertChild(hyperv, absent.map(enlightenment).join('\n'), document, { first: true }) : []),
  ];
}

export const rule = defineRule<Match>({
  id: 'windows-guests/enlightenments-missing',
  severity: 'warning',
  since: '1.1.0',
  *find(domain) {
    if (!isWindowsOnKvm(domain) || takesAll(domain)) return;
    const missing = BASIC.filter((name) => !isEnlightened(domain, name));
    if (missing.length > 0) yield { hyperv: feature(domain, 'hyperv'), missing };
  },
  say: ({ hyperv, missing }, domain) => ({
    at: nameSpan(hyperv ?? child(domain.root, 'features') ?? domain.root),
    message: hyperv
      ? say`Windows is not given ${missing.map((name) => `\`<${name}>\``).join(say`, `)}, which cost nothing and spare it spinning and exits. Switch ${missing.length > 1 ? 'them' : 'it'} on.`
      : say`Windows without Hyper-V enlightenments spins, polls its timers and keeps a host CPU busy while idle. Offer them: \`<hyperv>\` among the features.`,
  }),
  fix: ({ hyperv, missing }, domain) => [
    {
      title: hyperv ? say`Switch ${missing.join(say`, `)} on` : say`Add the usual enlightenments`,
      edits: hyperv ? complete(hyperv, missing, domain) : addUsual(domain),
    },
  ],
});
