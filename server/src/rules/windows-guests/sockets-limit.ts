import { windowsRelease } from '../../domain/guestSystem.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly cpu: XmlElement | undefined;
  readonly topology: XmlElement | undefined;
  readonly sockets: number;
  readonly vcpus: number;
}

/** Pro uses two sockets, Home one. */
const MOST_SOCKETS = 2;

export const rule = defineRule<Match>({
  id: 'windows-guests/sockets-limit',
  severity: 'warning',
  needs: ['libosinfo:os', 'vcpu'],
  *find(domain) {
    const release = windowsRelease(domain);
    const { vcpus } = domain;
    if (!release || release.isServer || vcpus === undefined || !domain.isQemu || !domain.isX86) return;
    const cpu = child(domain.root, 'cpu');
    const topology = cpu && child(cpu, 'topology');
    // Without a topology libvirt gives each vCPU a socket.
    const sockets = topology ? wholeNumber(attributeValue(topology, 'sockets')) : vcpus;
    if (sockets !== undefined && sockets > MOST_SOCKETS) yield { cpu, topology, sockets, vcpus };
  },
  say: ({ topology, sockets }, domain) => {
    const written = attribute(topology, 'sockets');
    return {
      at: written ? valueSpan(written) : nameSpan(child(domain.root, 'vcpu') ?? domain.root),
      message: say`Windows sees ${sockets} sockets${topology ? '' : say`, one for each vCPU`}, and its client editions use two at most (Home: one): the other CPUs lie idle. Make them cores of one socket.`,
    };
  },
  fix: ({ cpu, topology, vcpus }, { document }) => {
    if (!cpu) return [];
    const cores = { sockets: '1', cores: String(vcpus), threads: '1' };
    const edits = topology
      ? Object.entries(cores).flatMap(([name, value]) => setAttribute(topology, name, value, document))
      : insertChild(cpu, `<topology sockets='1' cores='${vcpus}' threads='1'/>`, document);
    return attribute(topology, 'dies') || attribute(topology, 'clusters')
      ? []
      : [{ title: say`One socket of ${vcpus} cores`, edits }];
  },
});
