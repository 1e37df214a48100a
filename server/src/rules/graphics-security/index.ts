import type { Rule } from '../rule.ts';
import { rule as chardevTcpOpen } from './chardev-tcp-open.ts';
import { refusals as displays } from './displays.ts';
import { rule as emptyPassword } from './empty-password.ts';
import { refusals as encryptedGuests } from './encrypted-guests.ts';
import { rule as fixedPort } from './fixed-port.ts';
import { rule as listenAllNoPassword } from './listen-all-no-password.ts';
import { rule as plaintextPassword } from './plaintext-password.ts';
import { rule as qemuCommandline } from './qemu-commandline.ts';
import { rule as rawio } from './rawio.ts';
import { rule as seclabelNone } from './seclabel-none.ts';
import { refusals as seclabels } from './seclabels.ts';
import { rule as spiceDataChannels } from './spice-data-channels.ts';
import { rule as spiceDeprecated } from './spice-deprecated.ts';
import { rule as spiceGlRemote } from './spice-gl-remote.ts';
import { rule as spiceWithoutTls } from './spice-without-tls.ts';

export const rules: readonly Rule[] = [
  ...displays,
  ...seclabels,
  ...encryptedGuests,
  listenAllNoPassword,
  plaintextPassword,
  emptyPassword,
  fixedPort,
  spiceWithoutTls,
  spiceGlRemote,
  spiceDataChannels,
  spiceDeprecated,
  chardevTcpOpen,
  seclabelNone,
  qemuCommandline,
  rawio,
];
