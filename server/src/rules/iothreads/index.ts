import type { Rule } from '../rule.ts';
import { refusals as assignment } from './assignment.ts';
import { refusals as definition } from './definition.ts';
import { refusals as mapping } from './mapping.ts';
import { rule as missingOnVirtioDisk } from './missing-on-virtio-disk.ts';
import { rule as tooMany } from './too-many.ts';
import { rule as unused } from './unused.ts';

export const rules: readonly Rule[] = [...definition, ...assignment, ...mapping, unused, missingOnVirtioDisk, tooMany];
