/**
 * Reads the examples of rule pages, and makes whole domains of them.
 *
 * A page of one advice rule has the headings `## Why`, `## Bad`, `## Fixed` (where the rule has a fix), `## Good`,
 * `## When not to follow it`, `## Sources`. A page of a family has one `## area/name` a refusal, with `### Bad`, `### Fixed`,
 * `### Good` below it. Every example is a fenced `xml` block; the n-th of Fixed is the n-th of Bad after its preferred fix.
 *
 * Where a rule speaks of hosts, `## Host` holds their facts, a fenced `json` block a host; a section's own `### Host` goes before it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HostFacts } from '../../server/src/host/facts.ts';
import { readFacts } from '../../server/src/host/factsFile.ts';
import { ROOT } from './root.ts';

export interface Examples {
  /** The facts of the hosts that the examples are for. */
  readonly hosts: readonly HostFacts[];
  readonly bad: readonly string[];
  readonly fixed: readonly string[];
  readonly good: readonly string[];
  readonly headings: readonly string[];
}

/** The page's text; throws where there is no such page. */
export function readPage(page: string): string {
  return readFileSync(path.join(ROOT, 'server/src/rules', `${page}.md`), 'utf8');
}

/** The examples of one rule on its page. */
export function examplesOf(pageText: string, id: string, page: string): Examples {
  const family = id !== page;
  const text = family ? sectionOf(pageText, `## ${id}`) : pageText;
  const mark = family ? '###' : '##';
  const blocks = (heading: string): string[] => blocksUnder(text, `${mark} ${heading}`);
  const own = hostsUnder(text, `${mark} Host`);
  return {
    hosts: own.length > 0 ? own : hostsUnder(pageText, '## Host'),
    bad: blocks('Bad'),
    fixed: blocks('Fixed'),
    good: blocks('Good'),
    headings: [...text.matchAll(/^#+ .*$/gm)].map(([line]) => line),
  };
}

/** The fenced blocks of a language between a heading and the next one of its level or above. */
export function blocksUnder(text: string, heading: string, language = 'xml'): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...sectionOf(text, heading).matchAll(fenced)].map(([, block = '']) => block.trimEnd());
}

function hostsUnder(text: string, heading: string): HostFacts[] {
  return blocksUnder(text, heading, 'json').map((block) => {
    const read = readFacts(block, '');
    if (!read.ok) throw new Error(`${heading} ${read.problem}`);
    return read.facts;
  });
}

/** From a heading to the next one of its level or above; '' where the heading is missing. */
function sectionOf(text: string, heading: string): string {
  const lines = text.split('\n');
  const first = lines.indexOf(heading);
  if (first < 0) return '';
  const level = heading.indexOf(' ');
  const rest = lines.slice(first + 1);
  let fenced = false;
  const last = rest.findIndex((line) => {
    if (line.startsWith('```')) fenced = !fenced;
    return !fenced && /^#+ /.test(line) && line.indexOf(' ') <= level;
  });
  return rest.slice(0, last < 0 ? undefined : last).join('\n');
}

/** Children of domain; everything else that an example begins with is taken for a device. */
const OUTSIDE_DEVICES = new Set(
  (
    'name uuid genid bootloader title description metadata memory currentMemory maxMemory memoryBacking memtune vcpu vcpus cputune numatune iothreads ' +
    'iothreadids defaultiothread blkiotune resource os cpu features clock on_poweroff on_reboot on_crash pm keywrap idmap seclabel launchSecurity perf sysinfo throttlegroups'
  ).split(' '),
);
const NAME = '<name>example</name>';
const MEMORY = "<memory unit='GiB'>4</memory>";
const VCPU = '<vcpu>4</vcpu>';
const OS = "<os><type arch='x86_64' machine='q35'>hvm</type></os>";
const FEATURES = '<features><acpi/><apic/></features>';
const CPU = "<cpu mode='host-model'/>";

/**
 * A whole domain around an example, so that it can be checked, validated and shown to libvirt.
 * An example that is a `<domain>` keeps every letter and is given only the name, memory, os and features that it lacks (no os
 * where it has a name), right behind its start tag; any other is a list of brothers that belong into `<domain>` or into `<devices>`.
 */
export function asDomain(example: string): string {
  const has = (name: string): boolean => new RegExp(`<${name}[\\s>/]`).test(example);
  // On other machines than the PC's, ACPI is not a matter of course.
  const features = has('features') || /arch='(?!x86_64|i686)/.test(example) ? '' : FEATURES;
  if (example.startsWith('<domain')) {
    const head = [
      has('name') ? '' : NAME,
      has('memory') || has('cell') ? '' : MEMORY,
      // One with a name of its own is taken to be whole.
      has('os') || has('name') ? '' : OS,
      features,
    ].join('');
    return example.replace(/^<domain[^>]*>/, (tag) => tag + head);
  }
  const first = /<([\w-]+)/.exec(example.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
  const given = (name: string, text: string): string => (has(name) ? '' : text);
  const head = `<domain type='kvm'>${given('name', NAME)}${given('memory', MEMORY)}${given('vcpu', VCPU)}${given('os', OS)}${features}${given('cpu', CPU)}`;
  return OUTSIDE_DEVICES.has(first)
    ? `${head}\n${example}\n</domain>\n`
    : `${head}\n<devices>\n${example}\n</devices>\n</domain>\n`;
}
