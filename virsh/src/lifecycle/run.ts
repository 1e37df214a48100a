/** Doing the same to several domains of a host: each is judged by what it is afterwards, and none keeps the others from it. */
import { say } from '../../../server/src/l10n/say.ts';
import { pause } from '../clone/patience.ts';
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
    /** Cancelled before its turn came. */
    | { readonly outcome: 'left-alone' }
  );

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
  const outcomes: (Outcome | undefined)[] = [];
  for (const [index, { uuid, name }] of domains.entries()) {
    onTurn?.({ uuid, name }, index);
    const situation = before.value.find((entry) => entry.uuid === uuid);
    const why = situation ? verb.obstacle(situation) : say`is not there any more`;
    if (why !== undefined) outcomes.push({ uuid, name, outcome: 'pointless', why });
    else if (options.signal?.aborted) outcomes.push({ uuid, name, outcome: 'left-alone' });
    else {
      const ran = await verb.act(runner, uuid, options);
      outcomes.push(ran.ok ? undefined : { uuid, name, outcome: 'failed', failure: ran.error });
    }
  }
  const waiting = domains.filter((_, index) => outcomes[index] === undefined);
  const after = await readUntilDone(runner, verb, waiting);
  return success(domains.map((domain, index) => outcomes[index] ?? judge(domain, verb, after)));
}

type Reading = Result<readonly DomainSituation[], VirshFailure>;

/** Reads all domains, one round trip a time, until those that wait are as they should be, or will not be. What has been done is looked at in any case. */
async function readUntilDone(runner: Runner, verb: Verb, waiting: readonly DomainReference[]): Promise<Reading> {
  if (waiting.length === 0) return success([]);
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const read = await readDomains(runner);
    if (!read.ok || performance.now() > deadline) return read;
    if (waiting.every(({ uuid }) => verb.isDone(read.value.find((entry) => entry.uuid === uuid)))) return read;
    await pause(pollMilliseconds);
  }
}

function judge({ uuid, name }: DomainReference, verb: Verb, after: Reading): Outcome {
  if (!after.ok) return { uuid, name, outcome: 'failed', failure: after.error };
  const situation = after.value.find((entry) => entry.uuid === uuid);
  if (verb.isDone(situation)) return { uuid, name, outcome: 'done' };
  return { uuid, name, outcome: 'unconfirmed', situation };
}
