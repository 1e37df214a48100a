/** Features whose values, or whose company, libvirt refuses. */
import type { Domain } from '../../domain/domain.ts';
import { feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { elementSize, formatSize, MEBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'features/values';

/** Entries of a vCPU's ring of dirty pages. */
const RING = { least: 1024, most: 65536, usual: 4096 };

function* dirtyRing(domain: Domain): Generator<Refused> {
  const ring = feature(domain, 'kvm', 'dirty-ring');
  const size = attribute(ring, 'size');
  const number = wholeNumber(size?.value);
  if (!ring || attributeValue(ring, 'state') !== 'on' || (size && number === undefined)) return;
  const isPower = number !== undefined && Number.isInteger(Math.log2(number));
  if (isPower && number >= RING.least && number <= RING.most) return;
  yield {
    at: size ? valueSpan(size) : nameSpan(ring),
    message: say`The ring of dirty pages holds a power of two of entries, ${RING.least} to ${RING.most}; libvirt refuses ${number ?? say`it without a \`size\``}. Use ${RING.usual}.`,
    fixes: [setValueOf(ring, 'size', String(RING.usual), domain.document)],
  };
}

function* tcg(domain: Domain): Generator<Refused> {
  const element = feature(domain, 'tcg');
  if (!element) return;
  const type = attribute(domain.root, 'type');
  if (domain.type !== 'qemu' && type) {
    yield {
      at: nameSpan(element),
      message: say`\`<tcg>\` steers QEMU's translation of code, and a domain of type \`${domain.type}\` translates none: libvirt refuses it. Remove it.`,
      related: [{ ...valueSpan(type), message: say`The type of the domain` }],
      fixes: [dropElement(element, domain.document)],
    };
    return;
  }
  const cache = child(element, 'tb-cache');
  const size = elementSize(cache);
  if (!cache || size === undefined || size % MEBIBYTE === 0) return;
  const whole = Math.ceil(size / MEBIBYTE);
  yield {
    at: textSpan(cache),
    message: say`The cache of translated code is measured in whole MiB; libvirt refuses ${formatSize(size)}. Use ${whole} MiB.`,
    fixes: [
      {
        title: say`Use ${whole} MiB`,
        edits: [...setAttribute(cache, 'unit', 'MiB', domain.document), ...setText(cache, String(whole))],
      },
    ],
  };
}

function* ps2Off(domain: Domain): Generator<Refused> {
  const ps2 = feature(domain, 'ps2');
  if (!ps2 || isOn(ps2)) return;
  const related = [{ ...placeOf(ps2, 'state'), message: say`The PS/2 controller is switched off here` }];
  const vmport = feature(domain, 'vmport');
  if (vmport && isOn(vmport))
    yield {
      at: placeOf(vmport, 'state'),
      message: say`VMware's port is a part of the PS/2 controller, which is switched off: libvirt refuses the pair. Switch \`<vmport>\` off too.`,
      related,
      fixes: [{ title: say`Change state to 'off'`, edits: setAttribute(vmport, 'state', 'off', domain.document) }],
    };
  for (const input of domain.devices('input')) {
    const bus = attribute(input, 'bus');
    if (bus?.value.trim() !== 'ps2') continue;
    const tablet = attributeValue(input, 'type') === 'mouse';
    yield {
      at: valueSpan(bus),
      message: say`There is no PS/2 controller to plug this into, and libvirt refuses it. Use the bus \`usb\` or \`virtio\`.`,
      related,
      fixes: [
        {
          title: tablet ? say`Use a USB tablet` : say`Change bus to 'usb'`,
          edits: [
            ...(tablet ? setAttribute(input, 'type', 'tablet', domain.document) : []),
            ...setAttribute(input, 'bus', 'usb', domain.document),
          ],
        },
      ],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('features/dirty-ring-size', page, dirtyRing, { needs: ['dirty-ring'], since: '8.0.0' }),
  refusal('features/tcg-on-kvm', page, tcg, { needs: ['tcg'], since: '8.0.0' }),
  refusal('features/ps2-off', page, ps2Off, { needs: ['ps2'], since: '10.7.0' }),
];
