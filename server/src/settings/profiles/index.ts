/** The profiles that a user can choose, by name. */
import { dense } from './dense.ts';
import { latency } from './latency.ts';
import { lockedDown } from './lockedDown.ts';
import { migratable } from './migratable.ts';
import type { Profile } from './profile.ts';
import { throughput } from './throughput.ts';
import { windows } from './windows.ts';

export const profiles = {
  migratable,
  throughput,
  latency,
  dense,
  windows,
  'locked-down': lockedDown,
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

export function isProfileName(given: unknown): given is ProfileName {
  return typeof given === 'string' && Object.hasOwn(profiles, given);
}
