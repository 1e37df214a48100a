import type { Rule } from '../rule.ts';
import { refusals as architecture } from './architecture.ts';
import { refusals as machine } from './machine.ts';
import { refusals as values } from './values.ts';

export const rules: readonly Rule[] = [...architecture, ...machine, ...values];
