/** Rules about where a disk's data lie: protocols, credentials, encryption, and the parts of a source. */
import type { Rule } from '../rule.ts';
import { rule as blkiotuneWeight } from './blkiotune-weight.ts';
import { refusals as credentials } from './credentials.ts';
import { refusals as encryptedImages } from './encrypted-images.ts';
import { rule as nbdWithoutTls } from './nbd-without-tls.ts';
import { rules as onHost } from './on-host.ts';
import { refusals as parts } from './parts.ts';
import { refusals as protocols } from './protocols.ts';
import { rule as rbdCache } from './rbd-cache.ts';
import { rule as sslVerifyOff } from './ssl-verify-off.ts';

export const rules: readonly Rule[] = [
  ...protocols,
  ...credentials,
  ...encryptedImages,
  ...parts,
  sslVerifyOff,
  nbdWithoutTls,
  rbdCache,
  blkiotuneWeight,
  ...onHost,
];
