/** The open documents, each parsed and checked once a version and only when somebody asks. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checkDocument, ofRules } from '../check.ts';
import { chooseHosts } from '../domain/hosts.ts';
import { chooseOptions } from '../domain/options.ts';
import { isLibvirtDocument } from '../domain/recognise.ts';
import { carryFindings } from '../features/carriedFindings.ts';
import type { Finding } from '../finding.ts';
import { builtInGrammars } from '../grammar/builtIn.ts';
import { chooseGrammar, type GrammarChoice } from '../grammar/chosen.ts';
import type { HostFacts } from '../host/facts.ts';
import type { Configuration } from '../settings/configuration.ts';
import { settle } from '../settings/settle.ts';
import { parseXml } from '../xml/parse.ts';
import { reparseXml } from '../xml/reparse.ts';
import type { XmlDocument } from '../xml/tree.ts';

export interface OpenDocument {
  readonly document: TextDocument;
  readonly xml: XmlDocument;
  readonly findings: readonly Finding[];
  /**
   * The findings while somebody types: in a long document those of the rules are carried over from the last whole check, and
   * `isWhole` is false until `findings` has been asked for.
   */
  readonly findingsAtOnce: { readonly findings: readonly Finding[]; readonly isWhole: boolean };
}

/** Up to this many lines everything is checked at every key. */
const LONG_DOCUMENT_LINES = 2000;

interface WholeCheck {
  readonly text: string;
  readonly ofRules: readonly Finding[];
}

/** What holds for a document besides its text. */
interface Circumstances {
  readonly configuration: Configuration;
  readonly hosts: readonly HostFacts[];
}

class Reading implements OpenDocument {
  readonly document: TextDocument;
  readonly version: number;
  private readonly choice: GrammarChoice;
  private readonly configuration: Configuration;
  private readonly hosts: readonly HostFacts[];
  private readonly earlier: WholeCheck | undefined;
  /** The last version that was parsed, until this one is. */
  private before: XmlDocument | undefined;
  private parsed: XmlDocument | undefined;
  private checked: readonly Finding[] | undefined;
  private settled: readonly Finding[] | undefined;

  constructor(
    document: TextDocument,
    choice: GrammarChoice,
    { configuration, hosts }: Circumstances,
    before?: Reading,
  ) {
    this.document = document;
    this.version = document.version;
    this.choice = choice;
    this.configuration = configuration;
    this.hosts = hosts;
    this.earlier = before?.wholeCheck;
    this.before = before?.handOver();
  }

  /** The last check that was whole: this one, or an earlier one. */
  get wholeCheck(): WholeCheck | undefined {
    return this.checked && this.parsed ? { text: this.parsed.text, ofRules: ofRules(this.checked) } : this.earlier;
  }

  get xml(): XmlDocument {
    if (!this.parsed) {
      const text = this.document.getText();
      this.parsed = this.before ? reparseXml(this.before, text) : parseXml(text);
      this.before = undefined;
      chooseOptions(this.parsed, this.configuration.options);
      chooseHosts(this.parsed, this.hosts);
      chooseGrammar(this.parsed, { ...this.choice, target: this.choice.target ?? this.configuration.target });
    }
    return this.parsed;
  }

  /** The tree goes to the next version's reading, which changes it: this reading is not used any more. */
  private handOver(): XmlDocument | undefined {
    return this.parsed ?? this.before;
  }

  get findings(): readonly Finding[] {
    this.checked ??= checkDocument(this.xml);
    this.settled ??= settle(this.xml, this.checked, this.configuration).findings;
    return this.settled;
  }

  get findingsAtOnce(): OpenDocument['findingsAtOnce'] {
    const { earlier } = this;
    if (this.checked || !earlier || this.document.lineCount <= LONG_DOCUMENT_LINES) {
      return { findings: this.findings, isWhole: true };
    }
    const carried = carryFindings(earlier.ofRules, earlier.text, this.xml.text);
    const checked = checkDocument(this.xml, carried);
    const { findings } = settle(this.xml, checked, this.configuration, false);
    return { findings, isWhole: false };
  }
}

export class OpenDocuments {
  private readonly readings = new Map<string, Reading>();
  private readonly configurationOf: (uri: string) => Configuration;
  private readonly hostsOf: (uri: string) => readonly HostFacts[];
  private chosen: GrammarChoice = { source: builtInGrammars };

  /**
   * @param configurationOf what is set for a document
   * @param hostsOf the hosts that it is for
   */
  constructor(configurationOf: (uri: string) => Configuration, hostsOf: (uri: string) => readonly HostFacts[]) {
    this.configurationOf = configurationOf;
    this.hostsOf = hostsOf;
  }

  get choice(): GrammarChoice {
    return this.chosen;
  }

  /** Reads every document anew, by other grammars. */
  set choice(choice: GrammarChoice) {
    this.chosen = choice;
    this.readAnew();
  }

  /** What is set for documents may have changed. */
  readAnew(): void {
    this.readings.clear();
  }

  /** The document if it is one of libvirt's; undefined for every other XML file. */
  read(document: TextDocument | undefined): OpenDocument | undefined {
    if (!document || !isLibvirtDocument(document.languageId, document.getText())) return undefined;
    const known = this.readings.get(document.uri);
    if (known?.document === document && known.version === document.version) return known;
    const reading = new Reading(document, this.chosen, this.circumstancesOf(document.uri), known);
    this.readings.set(document.uri, reading);
    return reading;
  }

  /** The findings of a text, as if it stood in a document. */
  check(text: string, uri: string): readonly Finding[] {
    return new Reading(TextDocument.create(uri, 'xml', 0, text), this.chosen, this.circumstancesOf(uri)).findings;
  }

  private circumstancesOf(uri: string): Circumstances {
    return { configuration: this.configurationOf(uri), hosts: this.hostsOf(uri) };
  }

  forget(uri: string): void {
    this.readings.delete(uri);
  }
}
