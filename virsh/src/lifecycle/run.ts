/** Doing the same to several domains of a host: each is judged by what it is afterwards, and none keeps the others from it. */
import { say } from '../../../server/src/l10n/say.ts';
import { mayHaveHappened, pause } from '../clone/patience.ts';
import { doubtMilliseconds, notKnown, notSeen } from '../failures/doubt.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type DomainSituation, readDomains } from '../inventory.ts';
import { type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { Verb } from './verbs.ts';

/** What a command is about: the name is for messages. */
export interface DomainReference {
  readonly uuid: string;
  readonly name: string;
}

export type Outcome = DomainReference &
  (
    | { readonly outcome: 'done' }
    /** Not even tried: `why` continues the name, `runs already`. */
    | { readonly outcome: 'pointless'; readonly why: string }
    | { readonly outcome: 'failed'; readonly failure: VirshFailure }
    /** libvirt agreed, but the domain is not as it should be. */
    | { readonly outcome: 'unconfirmed'; readonly situation: DomainSituation | undefined }
    /** Cancelled when it had begun, and not done. `isSettled`: libvirt has given it up; without that it may still come. */
    | { readonly outcome: 'cancelled'; readonly isSettled: boolean; readonly seen: Seen }
    /** Cancelled before its turn came. */
    | { readonly outcome: 'left-alone' }
  );

/** What the host says of a domain afterwards: undefined where it has none. */
type Seen = Result<DomainSituation | undefined, VirshFailure>;

export interface VerbOptions extends RunOptions {
  /** Called before each domain's turn. */
  readonly onTurn?: (domain: DomainReference, index: number) => void;
}

/** How long a change may need to be seen: most are there when the command returns. */
const patienceMilliseconds = 5000;
const pollMilliseconds = 250;

/** Outcomes in the order of the domains. The error is that the host could not be asked at all; then nothing was done. */
export async function runVerb(
  runner: Runner,
  verb: Verb,
  domains: readonly DomainReference[],
  { onTurn, ...options }: VerbOptions = {},
): Promise<Result<readonly Outcome[], VirshFailure>> {
  const before = await readDomains(runner, options);
  if (!before.ok) return before;
  const turns: (Outcome | Pending)[] = [];
  for (const [index, { uuid, name }] of domains.entries()) {
    onTurn?.({ uuid, name }, index);
    const situation = before.value.find((entry) => entry.uuid === uuid);
    turns.push(await takeTurn(runner, verb, { uuid, name }, situation, options));
  }
  const pending = turns.filter((turn) => !('outcome' in turn));
  const after = await readUntilDone(runner, verb, pending);
  return success(turns.map((turn) => ('outcome' in turn ? turn : judge(turn, verb, after))));
}

/** A domain that is to be looked at. */
interface Pending extends DomainReference {
  /** libvirt has not said that it is done. */
  readonly doubt?: Doubt;
}

interface Doubt {
  readonly failure: VirshFailure;
  /** libvirt has said that it was cancelled. */
  readonly isSettled: boolean;
  /** What was so before proves nothing. */
  readonly wasDone: boolean;
}

async function takeTurn(
  runner: Runner,
  verb: Verb,
  domain: DomainReference,
  situation: DomainSituation | undefined,
  options: RunOptions,
): Promise<Outcome | Pending> {
  const why = situation ? verb.obstacle(situation) : say`is not there any more`;
  if (why !== undefined) return { ...domain, outcome: 'pointless', why };
  if (options.signal?.aborted) return { ...domain, outcome: 'left-alone' };
  const ran = await verb.act(runner, domain.uuid, options);
  if (ran.ok) return domain;
  const failure = ran.error;
  const isCancelled = failure.kind === 'cancelled';
  if (isCancelled && failure.neverStarted) return { ...domain, outcome: 'left-alone' };
  const isOpen = mayHaveHappened(failure);
  if (!isCancelled && !isOpen) return { ...domain, outcome: 'failed', failure };
  return { ...domain, doubt: { failure, isSettled: !isOpen, wasDone: verb.isDone(situation) } };
}

type Reading = Result<readonly DomainSituation[], VirshFailure>;

/** Reads all domains, one round trip a time, until those that wait are as they should be, or will not be. What has been done is looked at in any case. */
async function readUntilDone(runner: Runner, verb: Verb, pending: readonly Pending[]): Promise<Reading> {
  if (pending.length === 0) return success([]);
  const waiting = pending.filter(({ doubt }) => !doubt?.isSettled);
  // A host that has given no answer may give none now.
  const isSilent = pending.every(({ doubt }) => doubt !== undefined);
  const options = isSilent ? { signal: AbortSignal.timeout(patienceMilliseconds + doubtMilliseconds) } : {};
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const read = await readDomains(runner, options);
    if (!read.ok || performance.now() > deadline) return read;
    if (waiting.every(({ uuid }) => verb.isDone(read.value.find((entry) => entry.uuid === uuid)))) return read;
    await pause(pollMilliseconds);
  }
}

function judge({ uuid, name, doubt }: Pending, verb: Verb, after: Reading): Outcome {
  const isCancelled = doubt?.failure.kind === 'cancelled';
  if (!after.ok) {
    if (doubt && isCancelled) return { uuid, name, outcome: 'cancelled', isSettled: doubt.isSettled, seen: after };
    return { uuid, name, outcome: 'failed', failure: doubt ? notKnown(doubt.failure) : after.error };
  }
  const situation = after.value.find((entry) => entry.uuid === uuid);
  if (verb.isDone(situation) && !doubt?.wasDone) return { uuid, name, outcome: 'done' };
  if (!doubt) return { uuid, name, outcome: 'unconfirmed', situation };
  const { failure, isSettled, wasDone } = doubt;
  if (isCancelled) return { uuid, name, outcome: 'cancelled', isSettled, seen: success(situation) };
  return { uuid, name, outcome: 'failed', failure: wasDone ? notKnown(failure) : notSeen(failure) };
}
