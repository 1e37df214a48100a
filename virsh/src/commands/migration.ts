/** Commands that move a domain to another host. `domain` is a UUID. */
import { changeCommand, option, readCommand, transferCommand, type VirshCommand } from '../command.ts';
import { type JobInfo, parseJobInfo } from '../output/jobInfo.ts';

/**
 * Who speaks with the target: the virsh that is started, the libvirt of the source (`peer`), or that one with the data inside of its connection
 * (`tunnel`), which needs no ports and no address for the data.
 */
export type MigrationWay = 'direct' | 'peer' | 'tunnel';

export interface MigrateOptions {
  /** URI of the target, as the one sees it who speaks with it. */
  readonly destination: string;
  readonly way: MigrationWay;
  /** A domain that runs goes on running; of one that is off only the definition moves. */
  readonly isActive: boolean;
  /** Store the definition on the target. libvirt wants it for a domain that is off. */
  readonly isPersistent: boolean;
  /** Remove the definition from the source once the domain runs on the target. */
  readonly isUndefinedAtSource: boolean;
  /** Targets (`vda`) of the disks whose contents are copied along. */
  readonly copiedDisks?: readonly string[];
  /** `tcp://10.0.0.7`: where the data go; libvirt takes the target's host name where it is left out. */
  readonly dataUri?: string;
  /** MiB a second at most. */
  readonly bandwidth?: number;
  /** Slow down a guest that changes its memory faster than it can be sent. */
  readonly isThrottled?: boolean;
}

/** Ends when the domain has moved, or stays. */
export function migrate(domain: string, options: MigrateOptions): VirshCommand<void> {
  const { destination, way, isActive, isPersistent, isUndefinedAtSource, copiedDisks = [] } = options;
  const live = [
    '--live',
    // A disk that cannot be written stops the guest; it is better stopped where it was.
    '--abort-on-error',
    ...(copiedDisks.length > 0 ? ['--copy-storage-all', option('migrate-disks', copiedDisks.join(','))] : []),
    ...(options.dataUri === undefined ? [] : [option('migrateuri', options.dataUri)]),
    ...(options.bandwidth === undefined ? [] : [option('bandwidth', `${options.bandwidth}`)]),
    ...(options.isThrottled ? ['--auto-converge'] : []),
  ];
  return transferCommand([
    'migrate',
    option('domain', domain),
    option('desturi', destination),
    ...(isActive ? live : ['--offline']),
    ...(isPersistent ? ['--persistent'] : []),
    ...(isUndefinedAtSource ? ['--undefinesource'] : []),
    ...(way === 'direct' ? [] : ['--p2p']),
    ...(way === 'tunnel' ? ['--tunnelled'] : []),
  ]);
}

/** How far the job of a domain is; undefined where none runs. */
export function jobInfo(domain: string): VirshCommand<JobInfo | undefined> {
  return readCommand(['domjobinfo', option('domain', domain)], parseJobInfo);
}

/** Ends the job of a domain: a migration or a save is undone, and the guest runs on where it was. */
export function abortJob(domain: string): VirshCommand<void> {
  return { ...changeCommand(['domjobabort', option('domain', domain)]), isUrgent: true };
}
