/** What virsh prints about one domain as text. */
import { UnexpectedOutput } from '../command.ts';
import { parseLines } from './text.ts';

export interface StateReason {
  /** virsh's own words, in English: `running`, `shut off`. */
  readonly state: string;
  /** `booted`, `destroyed`, `crashed`, … */
  readonly reason: string;
}

/** `domstate --reason`: `shut off (destroyed)`. */
export function parseStateReason(output: string): StateReason {
  const [, state, reason] = /^(.+?) \((.*)\)\s*$/.exec(output.trim()) ?? [];
  if (state === undefined || reason === undefined) throw new UnexpectedOutput(`not a state and a reason: ${output}`);
  return { state, reason };
}

export interface BlockDevice {
  /** `file`, `block`, `network`, `volume`, … */
  readonly type: string;
  /** `disk`, `cdrom`, `floppy`, `lun`. */
  readonly device: string;
  /** `vda`, `sdb`, … */
  readonly target: string;
  /** Undefined for an empty drive. */
  readonly source: string | undefined;
}

/** `domblklist --details`: four columns, of which only the last may contain blanks. */
export function parseBlockList(output: string): readonly BlockDevice[] {
  return parseLines(output).flatMap((line) => {
    const [, type, device, target, source] = /^\s*(\S+)\s+(\S+)\s+(\S+)\s+(.*?)\s*$/.exec(line) ?? [];
    if (!type || !device || !target || source === undefined) throw new UnexpectedOutput(`not a block device: ${line}`);
    return [{ type, device, target, source: source === '-' ? undefined : source }];
  });
}
