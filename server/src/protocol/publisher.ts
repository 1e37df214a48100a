/**
 * Pushes diagnostics: at once after a change, but only for the newest version.
 * Changes that wait in the transport are read first (the timer), so a burst of keys costs one check.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Log } from './guard.ts';

export class Publisher {
  private readonly publish: (document: TextDocument) => void;
  private readonly log: Log;
  private readonly waiting = new Map<string, TextDocument>();
  private scheduled = false;

  constructor(publish: (document: TextDocument) => void, log: Log) {
    this.publish = publish;
    this.log = log;
  }

  changed(document: TextDocument): void {
    this.waiting.set(document.uri, document);
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => this.flush(), 0);
  }

  closed(document: TextDocument): void {
    this.waiting.delete(document.uri);
  }

  private flush(): void {
    this.scheduled = false;
    const documents = [...this.waiting.values()];
    this.waiting.clear();
    for (const document of documents) {
      try {
        this.publish(document);
      } catch (fault) {
        this.log.error(`diagnostics of ${document.uri}: ${fault instanceof Error ? fault.stack : String(fault)}`);
      }
    }
  }
}
