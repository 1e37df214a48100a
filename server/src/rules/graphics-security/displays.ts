/** Graphics as libvirt's QEMU driver has them: one of a kind, one place to listen, and what each kind takes. */
import type { Domain } from '../../domain/domain.ts';
import { type Graphics, graphicsOf } from '../../domain/graphics.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  child,
  childElements,
  nameSpan,
  valueSpan,
} from '../../xml/query.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'graphics-security/displays';

/** Attributes of graphics that say again what the first `<listen>` says. */
const DOUBLES = [
  { name: 'listen', of: 'address' },
  { name: 'socket', of: 'socket' },
] as const;

function* listenMismatch(domain: Domain): Generator<Refused> {
  for (const { element, listen } of graphicsOf(domain))
    for (const { name, of } of DOUBLES) {
      const double = attribute(element, name);
      const own = attribute(listen, of);
      const isTheirs = attributeValue(listen, 'type') === of;
      if (!listen || !double || !own || !isTheirs || double.value === own.value) continue;
      yield {
        at: valueSpan(double),
        message: say`\`${name}\` is the old form of what \`<listen>\` says, and libvirt refuses it where the two differ: \`${double.value}\` here, \`${own.value}\` there. Remove it.`,
        related: [relatedTo(valueSpan(own), say`What \`<listen>\` says`)],
        fixes: [dropAttribute(double, domain.document), setValueOf(listen, of, double.value, domain.document)],
      };
    }
}

function* severalListens(domain: Domain): Generator<Refused> {
  for (const { element } of graphicsOf(domain)) {
    const [first, ...others] = childElements(element, 'listen');
    for (const other of others)
      yield {
        at: nameSpan(other),
        message: say`QEMU listens in one place: libvirt refuses several \`<listen>\` in one \`<graphics>\`. Keep one of them.`,
        related: first ? [relatedTo(nameSpan(first), say`The first one`)] : [],
        fixes: [dropElement(other, domain.document)],
      };
  }
}

/** Length of the key that VNC makes of a password. */
const VNC_PASSWORD = 8;

function* longPasswords(domain: Domain): Generator<Refused> {
  for (const { element, type } of graphicsOf(domain)) {
    const password = attribute(element, 'passwd');
    const length = password ? new TextEncoder().encode(password.value).length : 0;
    if (type !== 'vnc' || !password || length <= VNC_PASSWORD) continue;
    yield {
      at: valueSpan(password),
      message: say`A VNC password has ${VNC_PASSWORD} bytes at most, and this one has ${length}: libvirt refuses it. Take a shorter one, or, better, none in the document.`,
      fixes: [dropAttribute(password, domain.document)],
    };
  }
}

/** Off-screen rendering that other graphics show. */
function* headlessBesides(domain: Domain): Generator<Refused> {
  const headless = graphicsOf(domain).find(({ type }) => type === 'egl-headless');
  if (!headless) return;
  for (const { element, type } of graphicsOf(domain)) {
    const gl = child(element, 'gl');
    const enable = attribute(gl, 'enable');
    const related = [relatedTo(placeOf(headless.element, 'type'), say`Renders off screen`)];
    if (gl && enable && type === 'spice' && enable.value.trim() === 'yes')
      yield {
        at: valueSpan(enable),
        message: say`SPICE with OpenGL of its own and \`egl-headless\` are two OpenGL displays: QEMU has one, and libvirt refuses both. Leave the rendering to \`egl-headless\`.`,
        related,
        fixes: [setValueOf(gl, 'enable', 'no', domain.document), dropElement(headless.element, domain.document)],
      };
    else if (type !== '' && !['egl-headless', 'vnc', 'spice'].includes(type))
      yield {
        at: placeOf(element, 'type'),
        message: say`\`egl-headless\` renders for VNC or SPICE; beside \`${type}\` libvirt refuses it.`,
        related,
        fixes: [dropElement(headless.element, domain.document, say`Remove the egl-headless graphics`)],
      };
  }
}

function* desktop(domain: Domain): Generator<Refused> {
  for (const { element, type } of graphicsOf(domain))
    if (type === 'desktop')
      yield {
        at: placeOf(element, 'type'),
        message: say`\`desktop\` graphics are for other hypervisors; with QEMU libvirt refuses them. Take \`vnc\` or \`spice\`.`,
        fixes: [setValueOf(element, 'type', 'vnc', domain.document)],
      };
}

function* twoOfAType(domain: Domain): Generator<Refused> {
  const first = new Map<string, Graphics>();
  for (const graphics of graphicsOf(domain)) {
    const { element, type } = graphics;
    const earlier = first.get(type);
    if (!earlier) first.set(type, graphics);
    else if (['sdl', 'vnc', 'spice', 'egl-headless', 'dbus'].includes(type))
      yield {
        at: placeOf(element, 'type'),
        message: say`A guest has \`${type}\` graphics once: libvirt does not start it with a second one. Remove one of the two.`,
        related: [relatedTo(placeOf(earlier.element, 'type'), say`The first one`)],
        fixes: [dropElement(element, domain.document)],
      };
  }
}

/** VNC counts displays from this port on. */
const FIRST_VNC_PORT = 5900;

function* vncPorts(domain: Domain): Generator<Refused> {
  for (const { element, type, listenType } of graphicsOf(domain)) {
    const port = attribute(element, 'port');
    const autoport = attributeValue(element, 'autoport');
    const isChosen = autoport === 'yes' || (autoport !== 'no' && [undefined, '0', '-1'].includes(port?.value.trim()));
    if (type !== 'vnc' || isChosen || !['address', 'network'].includes(listenType)) continue;
    const number = port ? wholeNumber(port.value.trim().replace(/^-1$/, '0')) : 0;
    if (number === undefined || number >= FIRST_VNC_PORT) continue;
    yield {
      at: placeOf(element, port ? 'port' : 'autoport'),
      message: say`VNC has the ports from ${FIRST_VNC_PORT} on: ${number === 0 ? say`without one, and without \`autoport\`,` : say`with this one`} the guest does not start. Let libvirt choose a free port.`,
      fixes: [setValueOf(element, 'autoport', 'yes', domain.document)],
    };
  }
}

function* secureWithoutTls(domain: Domain): Generator<Refused> {
  for (const { element, type } of graphicsOf(domain)) {
    const hasTls = attribute(element, 'tlsPort') !== undefined || attributeValue(element, 'autoport') === 'yes';
    if (type !== 'spice' || hasTls) continue;
    const modes = [
      attribute(element, 'defaultMode'),
      ...childElements(element, 'channel').map((channel) => attribute(channel, 'mode')),
    ];
    for (const mode of modes)
      if (mode?.value.trim() === 'secure')
        yield {
          at: attributeSpan(mode),
          message: say`Secure channels need a TLS port, and these graphics have none: the guest does not start. Add \`autoport="yes"\`, which gives them one, or \`tlsPort\`; both need \`spice_tls\` in qemu.conf.`,
          related: [relatedTo(nameSpan(element), say`No TLS port here`)],
          fixes: [setValueOf(element, 'autoport', 'yes', domain.document)],
        };
  }
}

export const refusals: readonly Rule[] = [
  refusal('graphics-security/listen-mismatch', page, listenMismatch, {
    anyDriver: true,
    needs: ['graphics', 'listen'],
  }),
  refusal('graphics-security/one-listen', page, severalListens, { needs: ['graphics', 'listen'] }),
  refusal('graphics-security/vnc-password-length', page, longPasswords, { needs: ['graphics', '@passwd'] }),
  refusal('graphics-security/egl-headless', page, headlessBesides, { since: '4.6.0', needs: ['graphics'] }),
  refusal('graphics-security/desktop', page, desktop, { needs: ['graphics'] }),
  refusal('graphics-security/two-of-a-type', page, twoOfAType, { atStart: true, needs: ['graphics'] }),
  refusal('graphics-security/vnc-port', page, vncPorts, { atStart: true, needs: ['graphics'] }),
  refusal('graphics-security/secure-without-tls', page, secureWithoutTls, { atStart: true, needs: ['graphics'] }),
];
