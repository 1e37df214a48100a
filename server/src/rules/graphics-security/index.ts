import type { Rule } from '../rule.ts';
import { refusals as displays } from './displays.ts';
import { refusals as encryptedGuests } from './encrypted-guests.ts';
import { refusals as seclabels } from './seclabels.ts';

export const rules: readonly Rule[] = [...displays, ...seclabels, ...encryptedGuests];
