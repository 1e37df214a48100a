import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { isDeprecated } from '../devices/machines.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly at: XmlAttribute;
  /** The name without version: what libvirt replaces by the newest. */
  readonly family: string;
  readonly version: string;
  /** When the QEMU release of this number came out. */
  readonly years: Phrase;
}

/** By the major number of a QEMU release. Newer ones than these are younger than the six years that QEMU keeps a version. */
const YEARS: Readonly<Record<string, Phrase>> = {
  '0': phrase`2011 or before`,
  '1': phrase`2011 to 2013`,
  '2': phrase`2014 to 2018`,
  '3': phrase`2018`,
  '4': phrase`2019`,
};

/** QEMU's own names of versioned machines; distributions have others, with rules of their own. */
const VERSIONED = /^(pc-i440fx|pc-q35|pc|virt|pseries|s390-ccw-virtio)-((\d+)\.\d+)$/;
const FAMILY: Readonly<Record<string, string>> = { 'pc-i440fx': 'pc', 'pc-q35': 'q35' };

export const rule = defineRule<Match>({
  id: 'lifecycle/machine-upgrade',
  severity: 'information',
  needs: ['@machine'],
  *find(domain) {
    const at = attribute(child(domain.root, 'os', 'type'), 'machine');
    const [, family = '', version = '', major = ''] = VERSIONED.exec(at?.value.trim() ?? '') ?? [];
    const years = YEARS[major];
    // Of the oldest of the PC's devices/machine-deprecated says it, as a warning.
    if (at && domain.isQemu && years !== undefined && !isDeprecated(at.value.trim()))
      yield { at, family: FAMILY[family] ?? family, version, years };
  },
  say: ({ at, version, years }) => ({
    at: valueSpan(at),
    message: say`Version ${version} of this machine is that of QEMU of ${years}, and QEMU drops versions after six years: with the next one the guest may not start. Raise it in a service window, with the guest shut off; for the guest it is a new mainboard.`,
  }),
  fix: ({ at, family }, { document }) => [
    { title: say`Use the newest ${family}`, edits: setValue(at, family, document) },
  ],
});
