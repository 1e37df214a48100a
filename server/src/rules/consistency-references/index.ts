import type { Rule } from '../rule.ts';
import { rule as aliasWithoutPrefix } from './alias-without-prefix.ts';
import { refusals as aliases } from './aliases.ts';
import { refusals as controllers } from './controllers.ts';
import { refusals as driveAddresses } from './drive-addresses.ts';
import { refusals as numberForms } from './number-forms.ts';
import { refusals as virtioSerial } from './virtio-serial.ts';

export const rules: readonly Rule[] = [
  aliasWithoutPrefix,
  ...aliases,
  ...controllers,
  ...driveAddresses,
  ...numberForms,
  ...virtioSerial,
];
