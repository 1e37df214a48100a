/** The I/O schedulers of the host's disks. */
import { say } from '../../../server/src/l10n/say.ts';
import type { TuningFinding } from './check.ts';
import type { TuningReading } from './reading.ts';
import { all, KERNEL } from './values.ts';

export function* checkDisks({ settings }: TuningReading): Generator<TuningFinding> {
  for (const line of all(settings, 'disk')) {
    // `sda 1 none [mq-deadline]`
    const [name = '', rotational, ...rest] = line.split(' ');
    const scheduler = /\[([\w-]+)\]/.exec(rest.join(' '))?.[1] ?? rest.join(' ');
    const isFast = rotational === '0';
    const isHeavy = isFast && ['bfq', 'cfq'].includes(scheduler);
    const isBare = !isFast && scheduler === 'none';
    const better = isHeavy ? 'none' : 'mq-deadline';
    yield {
      subject: say`I/O scheduler of ${name}`,
      source: `${KERNEL}/block/switching-sched.html`,
      weight: isHeavy ? 'costs' : isBare ? 'look' : 'fine',
      value: `${scheduler} (${isFast ? say`no moving parts` : say`rotating`})`,
      meaning: isHeavy
        ? say`It weighs each request, which takes longer than a fast disk takes to answer it: guests get a part of its requests a second.`
        : isBare
          ? say`Requests of several guests go to a rotating disk as they come: it seeks more than it reads.`
          : say`Suits the disk.`,
      ...((isHeavy || isBare) && { command: `echo ${better} > /sys/block/${name}/queue/scheduler` }),
    };
  }
}
