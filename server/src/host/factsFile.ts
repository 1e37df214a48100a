/** Facts of a host as a text: a `*.libvirt-host.json`, or what `virsh capabilities` printed. */
import { say } from '../l10n/say.ts';
import { parseXml } from '../xml/parse.ts';
import { readCapabilities } from './capabilities.ts';
import { FACTS_VERSION, type HostFacts, hostFacts } from './facts.ts';
import { fits } from './shape.ts';

export const FACTS_ENDING = '.libvirt-host.json';

export type ReadFacts =
  | { readonly ok: true; readonly facts: HostFacts }
  /** `problem` follows the name of the file in a sentence. */
  | { readonly ok: false; readonly problem: string };

/** @param name what the host is called where the text does not say */
export function readFacts(text: string, name: string): ReadFacts {
  return text.trimStart().startsWith('<') ? ofCapabilities(text, name) : ofJson(text);
}

function ofJson(text: string): ReadFacts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    return { ok: false, problem: say`is no JSON: ${fault instanceof Error ? fault.message : String(fault)}` };
  }
  if (fits(hostFacts, value)) return { ok: true, facts: value };
  return { ok: false, problem: say`is no snapshot of a host: ${hostFacts.problem(value, '')}` };
}

function ofCapabilities(text: string, name: string): ReadFacts {
  const { root } = parseXml(text);
  const parts = root && readCapabilities(root);
  if (!parts) return { ok: false, problem: say`tells nothing of a host: save there what 'virsh capabilities' prints` };
  return { ok: true, facts: { libvirtHost: FACTS_VERSION, name, ...parts } };
}

/**
 * With a line for each thing: it is made to be kept in version control and compared. It names no schema: editors that know the ending
 * have it, and others would ask the network for it.
 */
export function writeFacts(facts: HostFacts): string {
  return `${lines(facts, '')}\n`;
}

const LONGEST_LINE = 120;

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => lines(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${lines(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const line = `${open}${parts.join(', ')}${close}`;
  const holdsObjects = Array.isArray(value) && line.startsWith('[{');
  if (indent !== '' && line.length <= LONGEST_LINE && !holdsObjects && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
