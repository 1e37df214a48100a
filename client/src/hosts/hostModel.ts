/** What is known of one host, kept fresh while somebody looks at it. */
import {
  type DomainSituation,
  type Host,
  type HostObject,
  type Result,
  readDomains,
  readNetworks,
  readPools,
  readSnapshots,
  type SnapshotEntry,
  storage,
  type VirshFailure,
  type Watch,
  watchEvents,
} from '../../../virsh/src/index.ts';
import type { Sighting } from './hostCache.ts';
import { Lazy } from './lazy.ts';

export type HostStatus =
  /** Not asked yet in this window. */
  | { readonly state: 'unasked' }
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'failed'; readonly failure: VirshFailure };

export interface HostModelOptions {
  /** What was seen in an earlier window. */
  readonly sighting: Sighting | undefined;
  /** Called after each change. */
  readonly onChange: (model: HostModel) => void;
  /** Lets only so many hosts be connected to at a time. */
  readonly inTurn: <T>(signal: AbortSignal, task: () => Promise<T>) => Promise<T>;
}

/** With events only what has none is polled for: autostart, snapshots, networks, pools. */
const safetyMilliseconds = 60_000;
const pollMilliseconds = 10_000;
/** What was seen before is painted first: starting programs for a hundred hosts would hold that up. */
const paintMilliseconds = 200;
/** Events come in bursts: a start is three of them. */
const burstMilliseconds = 60;

export class HostModel {
  readonly host: Host;
  readonly networks: Lazy<readonly HostObject[]>;
  readonly pools: Lazy<readonly HostObject[]>;
  readonly #options: HostModelOptions;
  readonly #volumes = new Map<string, Lazy<readonly string[]>>();
  readonly #snapshots = new Map<string, Lazy<readonly SnapshotEntry[]>>();
  #sighting: Sighting | undefined;
  #status: HostStatus = { state: 'unasked' };
  #watch: Watch | undefined;
  #isLive = false;
  /** The look that is to come or under way; what comes of an older one decides nothing. */
  #plan: object | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The look to come is near enough for what happens now: events without a pause must not put it off for ever. */
  #isSoon = false;
  /** The next look is at everything, not at the VMs alone. */
  #isThorough = false;
  #refreshing: Promise<void> | undefined;
  #isAgain = false;
  #cancelling = new AbortController();

  constructor(host: Host, options: HostModelOptions) {
    this.host = host;
    this.#options = options;
    this.#sighting = options.sighting;
    this.networks = new Lazy((signal) => readNetworks(host, { signal }));
    this.pools = new Lazy((signal) => readPools(host, { signal }));
  }

  get name(): string {
    return this.host.connection.name;
  }

  get status(): HostStatus {
    return this.#status;
  }

  /** The VMs by name, as they are or as they were last seen; undefined where they have never been. */
  get domains(): readonly DomainSituation[] | undefined {
    return this.#sighting?.domains;
  }

  get sighting(): Sighting | undefined {
    return this.#sighting;
  }

  /** The VMs are known from this window, not from an earlier one, and the host still answers. */
  get isConfirmed(): boolean {
    return this.#status.state === 'connected';
  }

  /** Changes arrive by themselves. */
  get isLive(): boolean {
    return this.#isLive;
  }

  volumes(pool: string): Lazy<readonly string[]> {
    return remembered(this.#volumes, pool, (signal) => this.host.run(storage.listVolumes(pool), { signal }));
  }

  snapshots(uuid: string): Lazy<readonly SnapshotEntry[]> {
    return remembered(this.#snapshots, uuid, (signal) => readSnapshots(this.host, uuid, { signal }));
  }

  /** Reads what the view shows of a part, and tells of it when it has come. */
  async load<T>(part: Lazy<T>): Promise<Result<T, VirshFailure> | undefined> {
    if (part.isStale && part.answer) void part.load(this.#cancelling.signal).then(() => this.#options.onChange(this));
    else await part.load(this.#cancelling.signal);
    return part.answer;
  }

  /**
   * Asks the host for its VMs: one round trip. What is asked for meanwhile is asked once more, after it. The other parts are read again when they
   * are next looked at.
   */
  refresh(): Promise<void> {
    this.#isThorough = true;
    return this.#refreshDomains();
  }

  #refreshDomains(): Promise<void> {
    if (this.#refreshing) this.#isAgain = true;
    this.#refreshing ??= this.#refreshUntilQuiet().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Resolves when it is known whether the host answers. */
  async answered(): Promise<void> {
    if (this.#status.state === 'unasked' || this.#status.state === 'connecting')
      await (this.#refreshing ?? this.refresh());
  }

  /** Looks, and keeps looking until `rest`. One that has failed before is tried again. */
  watch(): void {
    if (!this.#watch && !this.#plan) this.#askIn(this.#sighting ? paintMilliseconds : 0);
  }

  /** Something may have changed: a host that is looked at is asked again. */
  askSoon(): void {
    this.#isThorough = true;
    this.#askForDomainsSoon();
  }

  /** After an event: they tell of VMs only, and come often. */
  #askForDomainsSoon(): void {
    if ((this.#watch || this.#plan) && !this.#isSoon) this.#askIn(burstMilliseconds);
  }

  /** Nothing is asked any more, and nothing runs, until somebody looks again. */
  rest(): void {
    this.#watch?.stop();
    this.#watch = undefined;
    this.#isLive = false;
    clearTimeout(this.#timer);
    this.#plan = undefined;
    this.#isSoon = false;
  }

  /** Gives up connecting. */
  cancel(): void {
    this.#cancelling.abort();
    this.#cancelling = new AbortController();
  }

  dispose(): void {
    this.rest();
    this.cancel();
  }

  async #refreshUntilQuiet(): Promise<void> {
    do {
      this.#isAgain = false;
      await this.#refreshOnce();
    } while (this.#isAgain && this.#status.state === 'connected');
  }

  async #refreshOnce(): Promise<void> {
    const { signal } = this.#cancelling;
    if (this.#status.state !== 'connected') this.#set({ state: 'connecting' });
    const read = await this.#options.inTurn(signal, () => readDomains(this.host, { signal }));
    if (!read.ok) {
      this.#set({ state: 'failed', failure: read.error });
      return;
    }
    const others = this.#isThorough ? [this.networks, this.pools, ...this.#volumes.values()] : [];
    this.#isThorough = false;
    for (const part of [...others, ...this.#snapshots.values()]) part.invalidate();
    this.#sighting = { seen: new Date(), domains: read.value };
    this.#set({ state: 'connected' });
  }

  #set(status: HostStatus): void {
    this.#status = status;
    this.#options.onChange(this);
  }

  /** The next look after a while; it replaces the one that was to come. A host that has failed waits for a person, or for its events. */
  #askIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    const plan = {};
    this.#plan = plan;
    const isBurst = milliseconds === burstMilliseconds;
    this.#isSoon = isBurst;
    const ask = async (): Promise<void> => {
      this.#isSoon = false;
      this.#isThorough ||= !isBurst;
      await this.#refreshDomains();
      if (this.#plan !== plan) return;
      this.#plan = undefined;
      if (this.#status.state === 'connected') {
        this.#listen();
        this.#askIn(this.#isLive ? safetyMilliseconds : pollMilliseconds);
      } else if (this.#isPassing) this.#askIn(safetyMilliseconds);
    };
    if (milliseconds === 0) void ask();
    else this.#timer = setTimeout(ask, milliseconds);
  }

  /** The failure may go by itself: the host is there, or was only slow. */
  get #isPassing(): boolean {
    if (this.#status.state !== 'failed') return false;
    return this.#isLive || ['timeout', 'busy'].includes(this.#status.failure.kind);
  }

  #listen(): void {
    this.#watch ??= watchEvents(this.host, {
      onEvent: ({ kind }) => {
        if (kind === 'lifecycle') this.#askForDomainsSoon();
      },
      onState: ({ state }) => {
        const wasLive = this.#isLive;
        this.#isLive = state === 'live';
        // What happened before they came is not told; what ended them may have ended the host.
        if (this.#isLive || wasLive) this.askSoon();
      },
    });
  }
}

function remembered<T>(
  known: Map<string, Lazy<T>>,
  key: string,
  read: (signal: AbortSignal) => Promise<Result<T, VirshFailure>>,
): Lazy<T> {
  const part = known.get(key) ?? new Lazy(read);
  known.set(key, part);
  return part;
}
