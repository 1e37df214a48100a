/** Follows what happens on a host for as long as somebody looks: `virsh event`, started again when it breaks. */
import { createInterface } from 'node:readline';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { isEmbedded } from '../run/embedded.ts';
import type { VirshStream } from '../run/stream.ts';
import { type DomainEvent, parseEventLine } from './line.ts';

export type WatchState =
  /** Events arrive. */
  | { readonly state: 'live' }
  /** They have stopped; they are asked for again after a while. */
  | { readonly state: 'waiting'; readonly failure: VirshFailure; readonly milliseconds: number }
  /** This host gives none, or must not be asked again without a person's doing. Who wants to know has to ask it from time to time. */
  | { readonly state: 'without-events'; readonly failure?: VirshFailure };

export interface WatchListener {
  readonly onEvent: (event: DomainEvent) => void;
  readonly onState: (state: WatchState) => void;
}

export interface Watch {
  stop(): void;
}

export interface WatchOptions {
  /** The first wait after a break; each further one is twice as long. */
  readonly firstWaitMilliseconds?: number;
}

const longestWaitMilliseconds = 60_000;
/** Events that came for so long were in order: the next wait is a first one. */
const healthyMilliseconds = 30_000;

/** Trying again by itself would only annoy a login that counts failures, or find the same program missing. */
const hopeless: ReadonlySet<VirshFailure['kind']> = new Set([
  'host-key-unknown',
  'host-key-changed',
  'login-refused',
  'ssh-missing',
  'virsh-missing',
  'permission',
  'bad-uri',
]);

/** virsh prints the line when it has connected, just before it asks for events. */
const ready = 'ready';
const watchArguments = [`echo '${ready}\n'; event --all --loop --timestamp`];

/** Says whether libvirt at a URI has events for other processes to see: its embedded and its test drivers live inside one process. */
export function hasEvents(uri: string): boolean {
  return !isEmbedded(uri) && !/^test:\/\/\//.test(uri);
}

export function watchEvents(host: Host, listener: WatchListener, options: WatchOptions = {}): Watch {
  const firstWait = options.firstWaitMilliseconds ?? 1000;
  const stopping = new AbortController();
  const { signal } = stopping;
  let wait = firstWait;
  let timer: NodeJS.Timeout | undefined;

  async function follow(): Promise<void> {
    const started = await host.stream({ args: watchArguments, mode: 'watch' }, { signal });
    if (!started.ok) return broken(started.error);
    const since = performance.now();
    await readLines(started.value, (line) => {
      if (signal.aborted) return;
      if (line === ready) listener.onState({ state: 'live' });
      const event = parseEventLine(line);
      if (event) listener.onEvent(event);
    });
    const ended = await started.value.ended;
    if (performance.now() - since > healthyMilliseconds) wait = firstWait;
    // It never ends by itself without an error.
    if (!ended.ok) broken(ended.error);
  }

  function broken(failure: VirshFailure): void {
    if (signal.aborted) return;
    if (hopeless.has(failure.kind) || /unknown command|doesn't support option/.test(failure.stderr)) {
      listener.onState({ state: 'without-events', failure });
      return;
    }
    listener.onState({ state: 'waiting', failure, milliseconds: wait });
    timer = setTimeout(() => void follow(), wait);
    wait = Math.min(wait * 2, longestWaitMilliseconds);
  }

  if (hasEvents(host.connection.uri)) void follow();
  else listener.onState({ state: 'without-events' });
  return {
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}

async function readLines({ output }: VirshStream, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY })) onLine(line);
}
