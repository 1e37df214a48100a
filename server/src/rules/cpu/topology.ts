/** CPU topologies that do not add up. */

import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attributeEnd, quoteStyle, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

const REQUIRED = ['sockets', 'cores', 'threads'] as const;
const LEVELS = ['sockets', 'dies', 'clusters', 'cores', 'threads'] as const;

interface Topology {
  readonly element: XmlElement;
  /** Levels that libvirt needs and that are not there. */
  readonly missing: readonly string[];
  /** Levels that are there and no positive whole number. */
  readonly invalid: readonly string[];
  /** The product of the levels that are right. */
  readonly product: number;
}

function topologyOf(domain: Domain): Topology | undefined {
  const element = child(domain.root, 'cpu', 'topology');
  if (!element) return undefined;
  const written = LEVELS.filter((name) => attribute(element, name));
  const count = (name: string): number => wholeNumber(attributeValue(element, name)) ?? 0;
  return {
    element,
    missing: REQUIRED.filter((name) => !attribute(element, name)),
    invalid: written.filter((name) => count(name) === 0),
    product: written.reduce((product, name) => product * (count(name) || 1), 1),
  };
}

interface Mismatch extends Topology {
  readonly vcpus: number;
}

export const refusals: readonly Rule[] = [
  defineRule<Mismatch>({
    id: 'cpu/topology-mismatch',
    page: 'cpu/topology',
    severity: 'error',
    needs: ['topology'],
    *find(domain) {
      const topology = domain.isQemu ? topologyOf(domain) : undefined;
      const { vcpus } = domain;
      if (!topology || !vcpus || topology.missing.length > 0 || topology.invalid.length > 0) return;
      if (topology.product !== vcpus) yield { ...topology, vcpus };
    },
    say({ element, product, vcpus }, domain) {
      const vcpu = child(domain.root, 'vcpu');
      const factors = LEVELS.filter((name) => attribute(element, name)).map((name) => attributeValue(element, name));
      return {
        at: nameSpan(element),
        message: say`The topology makes ${factors.join(' × ')} = ${product} CPUs, but \`<vcpu>\` allows ${vcpus}; libvirt refuses the definition. The two must be equal; fewer CPUs at start are told by \`vcpu/@current\`.`,
        ...(vcpu && { related: [{ ...textSpan(vcpu), message: say`the maximum is ${vcpus}` }] }),
      };
    },
    fix: (mismatch, domain) => [...fitCores(mismatch, domain), ...fitVcpus(mismatch, domain)],
  }),
  defineRule<Topology>({
    id: 'cpu/topology-incomplete',
    page: 'cpu/topology',
    severity: 'error',
    needs: ['topology'],
    *find(domain) {
      const topology = topologyOf(domain);
      if (topology && topology.missing.length + topology.invalid.length > 0) yield topology;
    },
    say({ element, missing, invalid }) {
      const wrong = attribute(element, invalid[0] ?? '');
      return missing.length > 0 || !wrong
        ? {
            at: nameSpan(element),
            message: say`\`<topology>\` needs \`sockets\`, \`cores\` and \`threads\`; ${missing.map((name) => `\`${name}\``).join(say` and `)} ${missing.length > 1 ? 'are' : 'is'} missing. Only \`dies\` and \`clusters\` have a default (1).`,
          }
        : {
            at: valueSpan(wrong),
            message: say`\`${wrong.name}='${wrong.value.trim()}'\` is refused: each level of a topology is a whole number from 1.`,
          };
    },
    fix: complete,
  }),
];

/** Another number of cores, where one makes the product right. */
function fitCores({ element, product, vcpus }: Mismatch, { document }: Domain): Fix[] {
  const others = product / (wholeNumber(attributeValue(element, 'cores')) ?? 1);
  const cores = vcpus / others;
  if (!Number.isInteger(cores)) return [];
  return [{ title: say`Change cores to ${cores}`, edits: setAttribute(element, 'cores', String(cores), document) }];
}

/** The maximum of vcpu as the topology has it, with as many online at start as before, if there are as many. */
function fitVcpus({ product, vcpus }: Mismatch, { root, document }: Domain): Fix[] {
  const vcpu = child(root, 'vcpu');
  if (!vcpu) return [];
  const current = wholeNumber(attributeValue(vcpu, 'current'));
  const online = Math.min(current ?? vcpus, product);
  const start = online === (current ?? product) ? [] : setAttribute(vcpu, 'current', String(online), document);
  const title = say`Change the maximum of <vcpu> to ${product}${start.length > 0 ? say`, ${online} online at start` : ''}`;
  return [{ title, edits: [...start, ...setText(vcpu, String(product))] }];
}

/** Fills in what is missing or wrong: cores, or else the first of them, take what vcpu leaves; the others become 1. */
function complete({ element, missing, invalid, product }: Topology, { vcpus, document }: Domain): Fix[] {
  const open = [...missing, ...invalid];
  const rest = vcpus !== undefined && vcpus % product === 0 ? vcpus / product : 1;
  const filled = open.includes('cores') ? 'cores' : open[0];
  const value = (name: string): string => String(name === filled ? rest : 1);
  const last = element.attributes.at(-1);
  const at = last ? attributeEnd(last, document.text) : element.nameEnd;
  const quote = quoteStyle(element, document);
  const added = missing.map((name) => ` ${name}=${quote}${value(name)}${quote}`).join('');
  return [
    {
      title: say`Write ${open.map((name) => `${name}='${value(name)}'`).join(' ')}`,
      edits: [
        ...invalid.flatMap((name) => setAttribute(element, name, value(name), document)),
        ...(added ? [{ start: at, end: at, newText: added }] : []),
      ],
    },
  ];
}
