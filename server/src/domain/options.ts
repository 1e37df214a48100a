/** Figures in rules that are a matter of judgement, which a project may set otherwise. */
import { type Phrase, phrase } from '../l10n/say.ts';
import type { XmlDocument } from '../xml/tree.ts';

export interface RuleOption {
  readonly rule: string;
  readonly name: string;
  readonly about: Phrase;
  /** What holds where nobody says otherwise. */
  readonly usual: number;
}

/** In MiB. */
export const smallestMemory: RuleOption = {
  rule: 'memory/suspicious-small',
  name: 'below',
  about: phrase`A guest with less memory than so many MiB is told of.`,
  usual: 64,
};

export const multiqueueVcpus: RuleOption = {
  rule: 'network/multiqueue-missing',
  name: 'vcpus',
  about: phrase`A guest with so many vCPUs or more is told of.`,
  usual: 4,
};

export const iothreadsPerVcpu: RuleOption = {
  rule: 'iothreads/too-many',
  name: 'perVcpu',
  about: phrase`So many IOThreads for each vCPU are not too many.`,
  usual: 2,
};

export const ruleOptions: readonly RuleOption[] = [smallestMemory, multiqueueVcpus, iothreadsPerVcpu];

/** What is set; the rest is as usual. */
export type OptionValues = ReadonlyMap<RuleOption, number>;

const chosen = new WeakMap<XmlDocument, OptionValues>();
const asUsual: OptionValues = new Map();

/** Says by which figures a document is judged from now on. */
export function chooseOptions(document: XmlDocument, values: OptionValues): void {
  chosen.set(document, values);
}

export function optionsOf(document: XmlDocument): OptionValues {
  return chosen.get(document) ?? asUsual;
}
