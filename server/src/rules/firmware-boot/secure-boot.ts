/** Secure boot: the machine, the CPU mode and the memory that it needs. */
import type { Domain } from '../../domain/domain.ts';
import { firmware, secureLoader } from '../../domain/firmware.ts';
import { addFeature, feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { platform } from '../../domain/platform.ts';
import { elementSize, formatSize, MEBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, setAttribute, setText } from '../../xml/edits.ts';
import { attributeValue, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'firmware-boot/secure-boot';

function* withoutSmm(domain: Domain): Generator<Refused> {
  const secure = secureLoader(firmware(domain));
  const smm = feature(domain, 'smm');
  if (!secure || firmware(domain).selection || isOn(smm)) return;
  yield {
    at: valueSpan(secure),
    message: say`The guest could rewrite its UEFI variables, keys and all, without System Management Mode: libvirt refuses a secure boot loader without \`<smm state='on'/>\`. Switch it on among the features.`,
    ...(smm && { related: [{ ...nameSpan(smm), message: say`Switched off here` }] }),
    fixes: [
      {
        title: say`Switch SMM on`,
        edits: smm ? setAttribute(smm, 'state', 'on', domain.document) : addFeature(domain, "<smm state='on'/>"),
      },
    ],
  };
}

function* otherMachine(domain: Domain): Generator<Refused> {
  const secure = secureLoader(firmware(domain));
  const type = child(domain.root, 'os', 'type');
  const { machine } = platform(domain);
  if (!secure || !type || machine === undefined) return;
  const bits = domain.architecture === 'i686';
  if (machine === 'q35' && !bits) return;
  const toQ35 = [
    ...(machine === 'q35' ? [] : setAttribute(type, 'machine', 'q35', domain.document)),
    ...(bits ? setAttribute(type, 'arch', 'x86_64', domain.document) : []),
  ];
  const without = { title: say`Do without secure boot`, edits: removeAttribute(secure, domain.document) };
  const isPc = platform(domain).architecture === 'x86';
  yield {
    at: placeOf(type, machine === 'q35' ? 'arch' : 'machine'),
    message: say`Secure boot needs memory that only System Management Mode of a q35 machine on x86_64 protects; libvirt refuses \`secure='yes'\` on any other. Use \`q35\`: a guest that is installed may have to find its devices anew.`,
    related: [{ ...valueSpan(secure), message: say`Secure boot is asked for here` }],
    fixes: [...(isPc ? [{ title: say`Use q35 on x86_64`, edits: toQ35 }] : []), without],
  };
}

function tsegOf(domain: Domain): XmlElement | undefined {
  const smm = feature(domain, 'smm');
  return smm && isOn(smm) ? child(smm, 'tseg') : undefined;
}

function* tseg(domain: Domain): Generator<Refused> {
  const element = tsegOf(domain);
  if (!element) return;
  const { machine } = platform(domain);
  if (machine !== undefined && machine !== 'q35') {
    yield {
      at: nameSpan(element),
      message: say`Only a q35 machine has a TSEG whose size can be set; libvirt refuses \`<tseg>\` on this one. Remove it.`,
      related: machinePlace(domain),
      fixes: [dropElement(element, domain.document)],
    };
    return;
  }
  const size = elementSize(element, 'MiB');
  if (size === undefined || size % MEBIBYTE === 0) return;
  const whole = Math.ceil(size / MEBIBYTE);
  yield {
    at: textSpan(element),
    message: say`The TSEG is measured in whole MiB, and ${formatSize(size)} are none: libvirt refuses them. Write ${whole} MiB.`,
    fixes: [
      {
        title: say`Use ${whole} MiB`,
        edits:
          attributeValue(element, 'unit') === 'MiB'
            ? setText(element, String(whole))
            : [...setValueOf(element, 'unit', 'MiB', domain.document).edits, ...setText(element, String(whole))],
      },
    ],
  };
}

export const refusals: readonly Rule[] = [
  refusal('firmware-boot/secure-boot-smm', page, withoutSmm, { needs: ['@secure'], since: '2.1.0' }),
  refusal('firmware-boot/secure-boot-machine', page, otherMachine, { needs: ['@secure'], since: '2.1.0' }),
  refusal('firmware-boot/tseg-machine', page, tseg, { needs: ['tseg'], since: '4.5.0' }),
];
