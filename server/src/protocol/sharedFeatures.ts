/**
 * Registers those features that others may give as well. An editor that knows of two formatters asks the user for one of them, so
 * ours is registered for the languages that it serves, and anew when that changes; at a client that can't, it answers nothing.
 */
import {
  type ClientCapabilities,
  type Connection,
  RegistrationRequest,
  type ServerCapabilities,
  UnregistrationRequest,
} from 'vscode-languageserver';
import { DOMAIN_LANGUAGE } from '../domain/recognise.ts';
import type { Log } from './guard.ts';
import type { XmlElsewhere, XmlFeature } from './xmlElsewhere.ts';

interface SharedFeature {
  readonly capability: keyof ServerCapabilities;
  /** The request, and the client's section of capabilities about it. */
  readonly method: string;
  readonly section:
    | 'documentSymbol'
    | 'foldingRange'
    | 'linkedEditingRange'
    | 'formatting'
    | 'rangeFormatting'
    | 'onTypeFormatting';
  readonly feature: XmlFeature;
}

const shared: readonly SharedFeature[] = [
  {
    capability: 'documentSymbolProvider',
    method: 'textDocument/documentSymbol',
    section: 'documentSymbol',
    feature: 'symbols',
  },
  {
    capability: 'foldingRangeProvider',
    method: 'textDocument/foldingRange',
    section: 'foldingRange',
    feature: 'folding',
  },
  {
    capability: 'linkedEditingRangeProvider',
    method: 'textDocument/linkedEditingRange',
    section: 'linkedEditingRange',
    feature: 'tags',
  },
  {
    capability: 'documentFormattingProvider',
    method: 'textDocument/formatting',
    section: 'formatting',
    feature: 'formatting',
  },
  {
    capability: 'documentRangeFormattingProvider',
    method: 'textDocument/rangeFormatting',
    section: 'rangeFormatting',
    feature: 'formatting',
  },
  {
    capability: 'documentOnTypeFormattingProvider',
    method: 'textDocument/onTypeFormatting',
    section: 'onTypeFormatting',
    feature: 'formatting',
  },
];

export class SharedFeatures {
  readonly #connection: Connection;
  readonly #log: Log;
  #later: readonly (SharedFeature & { readonly options: object })[] = [];
  /** Whether a feature is registered for files of language `xml` too, by its method. */
  readonly #registered = new Map<string, boolean>();
  /** What is registered and unregistered goes one after the other: the client answers when it likes. */
  #turn: Promise<void> = Promise.resolve();

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  /** What is announced at once: all but what is registered later. */
  announced(capabilities: ServerCapabilities, { textDocument }: ClientCapabilities): ServerCapabilities {
    const later = shared.filter(
      ({ capability, section }) => capabilities[capability] && textDocument?.[section]?.dynamicRegistration,
    );
    this.#later = later.map((one) => {
      const options = capabilities[one.capability];
      return { ...one, options: typeof options === 'object' ? options : {} };
    });
    const names = new Set<string>(later.map(({ capability }) => capability));
    return Object.fromEntries(Object.entries(capabilities).filter(([name]) => !names.has(name)));
  }

  /** Registers what is ours, for the languages in which it is. */
  register(elsewhere: XmlElsewhere): void {
    this.#turn = this.#turn
      .then(() => this.#registerNow(elsewhere))
      .catch((fault) => this.#log.error(`registering features: ${String(fault)}`));
  }

  async #registerNow(elsewhere: XmlElsewhere): Promise<void> {
    const changed = this.#later.filter(
      ({ method, feature }) => this.#registered.get(method) !== !elsewhere.has(feature),
    );
    const gone = changed.filter(({ method }) => this.#registered.has(method));
    for (const { method, feature } of changed) this.#registered.set(method, !elsewhere.has(feature));
    if (gone.length > 0) {
      const unregisterations = gone.map(({ method }) => ({ id: idOf(method), method }));
      await this.#connection.sendRequest(UnregistrationRequest.type, { unregisterations });
    }
    const registrations = changed.map(({ method, options, feature }) => ({
      id: idOf(method),
      method,
      registerOptions: { ...options, documentSelector: selector(!elsewhere.has(feature)) },
    }));
    if (registrations.length > 0) await this.#connection.sendRequest(RegistrationRequest.type, { registrations });
  }
}

function idOf(method: string): string {
  return `virtlint:${method}`;
}

function selector(withXml: boolean): { readonly language: string }[] {
  const own = { language: DOMAIN_LANGUAGE };
  return withXml ? [own, { language: 'xml' }] : [own];
}
