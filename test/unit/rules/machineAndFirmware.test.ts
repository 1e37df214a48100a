/** Firmware, features, clock, lifecycle, Windows and migration: what a page can't show, and where the rules keep silent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits } from '../../../server/src/finding.ts';

const AREAS = /^(firmware-boot|features|clock-timers|lifecycle|windows-guests|migration)\//;

/** The rules of these areas that speak of a document, hints apart. */
function spoken(text: string): string[] {
  const found = checkText(text).filter(({ rule, severity }) => AREAS.test(rule) && severity !== 'hint');
  return [...new Set(found.map(({ rule }) => rule))];
}

interface Parts {
  readonly type?: string;
  readonly vcpus?: number;
  /** What os/type says. */
  readonly machine?: string;
  /** What else os holds. */
  readonly os?: string;
  readonly features?: string;
  /** What follows the features. */
  readonly more?: string;
}

const PC = "arch='x86_64' machine='q35'";
const PC_FEATURES = '<acpi/><apic/>';
const BASIC = "<relaxed state='on'/><vapic state='on'/><spinlocks state='on' retries='8191'/>";

function domain({ type = 'kvm', vcpus = 2, machine = PC, os = '', features = PC_FEATURES, more = '' }: Parts): string {
  const head = `<name>guest</name><memory unit='GiB'>4</memory><vcpu>${vcpus}</vcpu>`;
  const rest = `<os><type ${machine}>hvm</type>${os}</os>${features && `<features>${features}</features>`}${more}`;
  return `<domain type='${type}'>${head}${rest}</domain>`;
}

function system(id: string): string {
  const space = "xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'";
  return `<metadata><libosinfo:libosinfo ${space}><libosinfo:os id='http://${id}'/></libosinfo:libosinfo></metadata>`;
}

const HYPERV_CLOCK = "<clock offset='localtime'><timer name='hypervclock' present='yes'/></clock>";

const SILENT: Readonly<Record<string, string>> = {
  'features and actions of Xen, for Xen': domain({
    type: 'xen',
    features: '<hap/>',
    more: '<on_crash>rename-restart</on_crash>',
  }),
  'a feature of Arm where neither architecture nor machine is told': domain({
    machine: '',
    features: "<acpi/><gic version='3'/>",
  }),
  'a microvm without ACPI': domain({ machine: "arch='x86_64' machine='microvm'", features: '' }),
  'a kernel that is booted directly, without ACPI': domain({ os: '<kernel>/srv/vmlinuz</kernel>', features: '' }),
  'ACPI on the machines of POWER': domain({ type: 'qemu', machine: "arch='ppc64' machine='pseries'" }),
  'a machine that a distribution named': domain({ machine: "arch='x86_64' machine='pc-q35-rhel8.2.0'" }),
  'firmware that libvirt chose and wrote down': domain({
    os: "<loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.secboot.fd</loader><nvram template='/usr/share/OVMF/OVMF_VARS_4M.ms.fd'>/var/lib/libvirt/qemu/nvram/guest_VARS.fd</nvram>",
    features: `${PC_FEATURES}<smm state='on'/>`,
  }),
  'a private image of firmware that is written to': domain({
    os: "<loader readonly='no' type='pflash'>/srv/guest/OVMF.fd</loader>",
  }),
  'an installer that ends at its reboot': domain({
    os: '<kernel>/srv/vmlinuz</kernel>',
    more: '<on_reboot>destroy</on_reboot>',
  }),
  'a boot menu that is off, whatever its time': domain({ os: "<bootmenu enable='no' timeout='70000'/>" }),
  'a console that libvirt makes a serial port of': domain({
    os: "<bios useserial='yes'/>",
    more: "<devices><console type='pty'/></devices>",
  }),
  'limits of a timer that say nothing': domain({
    more: "<clock offset='utc'><timer name='rtc'><catchup/></timer></clock>",
  }),
  'enlightenments that are all those of the host': domain({
    features: "<acpi/><hyperv mode='host-model'/>",
    more: "<clock offset='localtime'/>",
  }),
  'many sockets of a Windows server': domain({
    vcpus: 8,
    features: `<acpi/><hyperv mode='custom'>${BASIC}</hyperv>`,
    more: `${system('microsoft.com/win/2k22')}${HYPERV_CLOCK}`,
  }),
};

describe('silent of', () => {
  for (const [what, text] of Object.entries(SILENT)) test(what, () => assert.deepEqual(spoken(text), []));
});

test('of three devices with one boot order two are given others', () => {
  const face = "<interface type='user'><boot order='1'/></interface>";
  const found = checkText(domain({ more: `<devices>${face.repeat(3)}</devices>` })).filter(
    ({ rule }) => rule === 'firmware-boot/boot-order-duplicate',
  );
  assert.deepEqual(
    found.map(({ fixes }) => fixes()[0]?.title),
    ['Change order to 2', 'Change order to 3'],
  );
});

test('enlightenments for a guest without features and clock: one place, and a valid document', () => {
  const text = domain({ features: '', more: system('microsoft.com/win/10') });
  const [fix] =
    checkText(text)
      .find(({ rule }) => rule === 'windows-guests/enlightenments-missing')
      ?.fixes() ?? [];
  assert.ok(fix);
  const places = fix.edits.map(({ start }) => start);
  assert.equal(new Set(places).size, places.length);
  const errors = checkText(applyEdits(text, fix.edits)).filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
});
