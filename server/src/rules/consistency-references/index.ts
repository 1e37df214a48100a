import type { Rule } from '../rule.ts';
import { refusals as driveAddresses } from './drive-addresses.ts';

export const rules: readonly Rule[] = [...driveAddresses];
