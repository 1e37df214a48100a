/** Backends of an interface that libvirt refuses: nothing to connect to, or a model or option that the backend cannot serve. */

import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { backendOf, modelAttribute, qemuInterfaces } from './interfaces.ts';
import { setSource, usePasst, useVirtio } from './repairs.ts';

/**
 * What `<source>` must tell by type, with an example to start from. Where libvirt's schema demands it too, this says it better;
 * sources that are told by children (hostdev, udp) and those of the rare socket types are left to the grammar.
 */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bridge: { bridge: 'br0' },
  network: { network: 'default' },
  direct: { dev: 'eth0', mode: 'bridge' },
  vdpa: { dev: '/dev/vhost-vdpa-0' },
  vhostuser: { type: 'unix', path: '/run/openvswitch/vhost-user1', mode: 'client' },
};

/** Attributes of `<source>` that libvirt takes as given where they are absent. */
const ASSUMED = new Set(['vhostuser type', 'direct mode']);

interface Sourceless {
  readonly face: NetworkInterface;
  readonly missing: readonly string[];
  readonly sample: Readonly<Record<string, string>>;
}

/** Attributes of `<source>` that name what another type is attached to: then the type may be what is wrong. */
const NAMES = ['bridge', 'network', 'dev', 'path'];

function sourceless(face: NetworkInterface): Sourceless[] {
  const sample = SOURCES[face.type];
  if (!sample || backendOf(face) === 'passt') return [];
  if (NAMES.some((name) => !(name in sample) && attribute(face.source, name))) return [];
  const missing = Object.keys(sample).filter(
    (name) => !ASSUMED.has(`${face.type} ${name}`) && !attribute(face.source, name),
  );
  return missing.length > 0 ? [{ face, missing, sample }] : [];
}

/** Types without a tap device of libvirt's making. */
const TAPLESS = new Set('vhostuser direct user server client mcast udp internal'.split(' '));

/** backend/@tap names the device that makes taps: of no use to what has none. */
function uselessTaps(face: NetworkInterface): XmlAttribute[] {
  const tap = TAPLESS.has(face.type) ? attribute(child(face.element, 'backend'), 'tap') : undefined;
  return tap ? [tap] : [];
}

interface PortForward {
  readonly face: NetworkInterface;
  readonly element: XmlElement;
}

export const refusals: readonly Rule[] = [
  defineRule<Sourceless>({
    id: 'network/source-missing',
    page: 'network/backend',
    severity: 'error',
    needs: ['interface'],
    find: (domain) => qemuInterfaces(domain).flatMap(sourceless),
    say: ({ face, missing }) => ({
      at: nameSpan(face.source ?? face.element),
      message: say`An interface of type \`${face.type}\` needs ${missing.map((name) => `\`${name}\``).join(say` and `)} in its \`<source>\`: without, it has nothing to connect to, and libvirt refuses the definition.`,
    }),
    fix: ({ face, missing, sample }, { document }) => setSource(face, missing, sample, document),
  }),
  defineRule<NetworkInterface>({
    id: 'network/vhostuser-model',
    page: 'network/backend',
    severity: 'error',
    needs: ['interface'],
    since: '1.2.7',
    find: (domain) =>
      qemuInterfaces(domain).filter(
        (face) => /^(vhostuser|vdpa)$/.test(face.type) && face.model !== undefined && !face.isVirtio,
      ),
    say(face) {
      const model = modelAttribute(face);
      return {
        at: model ? valueSpan(model) : nameSpan(face.element),
        message: say`The backend of type \`${face.type}\` speaks virtio with the guest's driver, so \`${face.model ?? ''}\` is refused. Set the model to \`virtio\`.`,
      };
    },
    fix: (face, { document }) => useVirtio(face, document),
  }),
  defineRule<XmlAttribute>({
    id: 'network/vhostuser-tap-path',
    page: 'network/backend',
    severity: 'error',
    since: '1.2.7',
    needs: ['@tap'],
    find: (domain) => qemuInterfaces(domain).flatMap(uselessTaps),
    say: (tap) => ({
      at: attributeSpan(tap),
      message: say`An interface of type \`${attributeValue(tap.parent.parent ?? undefined, 'type')}\` has no tap device that \`tap\` could make: libvirt does not start the guest. Remove it.`,
    }),
    fix: (tap, { document }) => [dropAttribute(tap, document)],
  }),
  defineRule<PortForward>({
    id: 'network/portforward-needs-passt',
    page: 'network/backend',
    severity: 'error',
    needs: ['portForward'],
    // 9.0.0 brought passt, but Debian's build of it knows neither the backend nor the refusal.
    since: '9.1.0',
    find: (domain) =>
      qemuInterfaces(domain).flatMap((face) => {
        const element = child(face.element, 'portForward');
        if (!element || face.type !== 'user') return [];
        return backendOf(face) === 'passt' ? [] : [{ face, element }];
      }),
    say: ({ element }) => ({
      at: nameSpan(element),
      message: say`\`<portForward>\` is refused without the \`passt\` backend: QEMU's own user networking takes no forwards from libvirt. Add \`<backend type='passt'/>\`.`,
    }),
    fix: ({ face }, { document }) => usePasst(face, document),
  }),
];
