import type { Rule } from '../rule.ts';
import { refusals as controllers } from './controllers.ts';
import { refusals as driveAddresses } from './drive-addresses.ts';
import { refusals as virtioSerial } from './virtio-serial.ts';

export const rules: readonly Rule[] = [...controllers, ...driveAddresses, ...virtioSerial];
