/**
 * Pushes diagnostics: at once after a change, but only for the newest version.
 * Changes that wait in the transport are read first (the timer), so a burst of keys costs one check.
 * What was not whole at once, as in long documents, is told again when the typing pauses.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Log } from '../guard.ts';
import { Pauses } from './pauses.ts';

/** Publishes a document's diagnostics, at once or whole; says whether they were whole. */
export type Publish = (document: TextDocument, when: 'at-once' | 'whole') => boolean;

export class Publisher {
  private readonly publish: Publish;
  private readonly log: Log;
  private readonly pauses = new Pauses();
  private readonly waiting = new Map<string, TextDocument>();
  private scheduled = false;

  constructor(publish: Publish, log: Log) {
    this.publish = publish;
    this.log = log;
  }

  changed(document: TextDocument): void {
    this.waiting.set(document.uri, document);
    this.pauses.end(document.uri);
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => this.flush(), 0);
  }

  closed(document: TextDocument): void {
    this.waiting.delete(document.uri);
    this.pauses.end(document.uri);
  }

  private flush(): void {
    this.scheduled = false;
    const documents = [...this.waiting.values()];
    this.waiting.clear();
    for (const document of documents) {
      if (!this.tell(document, 'at-once')) this.pauses.begin(document.uri, () => this.tell(document, 'whole'));
    }
  }

  private tell(document: TextDocument, when: 'at-once' | 'whole'): boolean {
    try {
      return this.publish(document, when);
    } catch (fault) {
      this.log.error(`diagnostics of ${document.uri}: ${fault instanceof Error ? fault.stack : String(fault)}`);
      return true;
    }
  }
}
