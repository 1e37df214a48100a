/** `<vcpu>`: more online than there can be, or none at all. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import { attribute, child, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { Saying } from '../rule.ts';

/** A wrong number of vCPUs, as `<vcpu>` tells it. */
export interface Count {
  readonly vcpu: XmlElement;
  readonly most: number;
  /** vcpu/@current, or undefined where it is not written. */
  readonly online: number | undefined;
}

/** The numbers of `<vcpu>` where libvirt refuses them. */
export function wrongCount({ root, vcpus: most }: Domain): Count | undefined {
  const vcpu = child(root, 'vcpu');
  const current = attribute(vcpu, 'current');
  const online = wholeNumber(current?.value);
  if (!vcpu || most === undefined || (current && online === undefined)) return undefined;
  const wrong = most === 0 || (!isListed(root) && (online === 0 || (online ?? 1) > most));
  return wrong ? { vcpu, most, online } : undefined;
}

/** The list of vcpus says which are online; libvirt then passes over vcpu/@current (virDomainVcpuParse). */
function isListed(root: XmlElement): boolean {
  return child(root, 'vcpus', 'vcpu') !== undefined;
}

export function sayCount({ vcpu, most, online }: Count): Saying {
  const current = attribute(vcpu, 'current');
  if (most === 0 || !current)
    return { at: textSpan(vcpu), message: say`A guest has at least one vCPU; libvirt refuses 0.` };
  if (online === 0)
    return {
      at: valueSpan(current),
      message: say`vCPU 0 starts the guest, so at least one is online; libvirt refuses 0.`,
    };
  return {
    at: valueSpan(current),
    message: say`\`current='${online}'\` vCPUs cannot be online when the text allows ${most}; libvirt refuses the definition. The text is the maximum, \`current\` what is online at start.`,
    related: [{ ...textSpan(vcpu), message: say`the maximum` }],
  };
}

export function fixCount({ vcpu, most, online }: Count, { document }: Domain): Fix[] {
  const allow = (count: number) => setText(vcpu, String(count));
  const start = (count: number) => setAttribute(vcpu, 'current', String(count), document);
  if (most === 0)
    return [{ title: say`Allow ${online || 1}`, edits: [...(online === 0 ? start(1) : []), ...allow(online || 1)] }];
  if (!online)
    return [
      { title: say`Start with one vCPU`, edits: start(1) },
      { title: say`Start with all ${most}`, edits: start(most) },
    ];
  return [
    { title: say`Swap: at most ${online}, ${most} online`, edits: [...start(most), ...allow(online)] },
    { title: say`Allow ${online}, all online`, edits: allow(online) },
    { title: say`Change current to ${most}`, edits: start(most) },
  ];
}
