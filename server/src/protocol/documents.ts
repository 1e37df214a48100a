/** The open documents, each parsed and checked once a version and only when somebody asks. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkDocument } from '../check.ts';
import { isDomainDocument } from '../domain/recognise.ts';
import type { Finding } from '../finding.ts';
import { parseXml } from '../xml/parse.ts';
import type { XmlDocument } from '../xml/tree.ts';

export interface OpenDomain {
  readonly document: TextDocument;
  readonly xml: XmlDocument;
  readonly findings: readonly Finding[];
}

class Reading implements OpenDomain {
  readonly document: TextDocument;
  readonly version: number;
  private parsed: XmlDocument | undefined;
  private checked: readonly Finding[] | undefined;

  constructor(document: TextDocument) {
    this.document = document;
    this.version = document.version;
  }

  get xml(): XmlDocument {
    this.parsed ??= parseXml(this.document.getText());
    return this.parsed;
  }

  get findings(): readonly Finding[] {
    this.checked ??= checkDocument(this.xml);
    return this.checked;
  }
}

export class OpenDomains {
  private readonly readings = new Map<string, Reading>();

  /** The document if it is a libvirt domain; undefined for every other XML file. */
  read(document: TextDocument | undefined): OpenDomain | undefined {
    if (!document || !isDomainDocument(document.languageId, document.getText())) return undefined;
    const known = this.readings.get(document.uri);
    if (known?.document === document && known.version === document.version) return known;
    const reading = new Reading(document);
    this.readings.set(document.uri, reading);
    return reading;
  }

  forget(uri: string): void {
    this.readings.delete(uri);
  }
}
