/** The shared ssh connection, as the invokers ask for it before each command. */
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Channel } from './channel.ts';

export interface SharedSsh {
  /** Arguments of ssh, before all others. */
  readonly options: readonly string[];
  /** What libvirt is to start instead of ssh. */
  readonly program: string | undefined;
}

export type SharedConnection = (signal: AbortSignal | undefined) => Promise<Result<SharedSsh, VirshFailure>>;

/** Every command for itself. */
const alone: Result<SharedSsh, VirshFailure> = success({ options: [], program: undefined });

/** Opens the channel where it is not open; without a channel every command makes its own connection. */
export function sharedConnection(connection: string, channel: Channel | undefined): SharedConnection {
  return async (signal) => {
    const opened = await channel?.open(signal);
    if (opened?.state === 'open') return success(opened);
    if (opened?.state === 'failed') return failure(explainFailure({ ...opened.failure, connection }));
    return alone;
  };
}
