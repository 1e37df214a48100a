/** Rules about the guest's NUMA cells, and about where its threads and memory lie on the host. */
import type { Rule } from '../rule.ts';
import { refusals as cells } from './cells.ts';
import { refusals as cpusets } from './cpusets.ts';
import { refusals as hmat } from './hmat.ts';
import { refusals as numatune } from './numatune.ts';
import { refusals as resctrl } from './resctrl.ts';
import { refusals as threads } from './threads.ts';

export const rules: readonly Rule[] = [...cells, ...cpusets, ...numatune, ...threads, ...hmat, ...resctrl];
