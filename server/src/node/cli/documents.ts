/** The documents among the inputs of a command, each with the settings that hold for it. */
import { checkDocument } from '../../check.ts';
import { chooseHosts } from '../../domain/hosts.ts';
import { chooseOptions } from '../../domain/options.ts';
import { recognise } from '../../domain/recognise.ts';
import type { Finding } from '../../finding.ts';
import { builtInGrammars } from '../../grammar/builtIn.ts';
import { chooseGrammar } from '../../grammar/chosen.ts';
import type { HostFacts } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import type { Configuration } from '../../settings/configuration.ts';
import { type Settled, settle } from '../../settings/settle.ts';
import { parseXml } from '../../xml/parse.ts';
import type { Input } from './input.ts';

/**
 * Why an input is passed over: '' for a file of a folder that is not libvirt's, a note for one that the user named; undefined
 * for what is to be checked, which is also what is no XML at all and was named.
 */
export function passedOver({ name, text, isNamed, isStandardInput }: Input): string | undefined {
  if (recognise(text) !== undefined) return undefined;
  if (!isNamed) return '';
  if (isStandardInput) return undefined;
  const { root } = parseXml(text);
  if (root === null || root.name === 'domain') return undefined;
  return say`virtlint: ${name}: passed over, nothing says that it is libvirt's (its root is <${root.name.slice(0, 60)}>)\n`;
}

/** What is told of a text. */
export function findingsOf(
  text: string,
  configuration: Configuration,
  hosts: readonly HostFacts[],
): readonly Finding[] {
  return checked(text, configuration, hosts).findings;
}

/** The same, with what the project file has silenced. */
export function checked(text: string, configuration: Configuration, hosts: readonly HostFacts[]): Settled {
  const xml = parseXml(text);
  chooseOptions(xml, configuration.options);
  chooseHosts(xml, hosts);
  const { target } = configuration;
  if (target !== undefined) chooseGrammar(xml, { source: builtInGrammars, target });
  return settle(xml, checkDocument(xml), configuration);
}
