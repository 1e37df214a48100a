/** What rules ask of a domain's `<cpu>`, read from its element. */
import { attribute, attributeValue, child, childElements, nameSpan, textOf, valueSpan } from '../xml/query.ts';
import type { Span, XmlElement } from '../xml/tree.ts';
import { type CpuModel, cpuModels } from './cpuModels.ts';
import type { Domain } from './domain.ts';

export interface CpuFeature {
  readonly element: XmlElement;
  readonly name: string;
  /** feature/@policy; libvirt's default is 'require'. */
  readonly policy: string;
}

export interface Cpu {
  readonly element: XmlElement;
  /** cpu/@mode; libvirt's default is 'custom'. */
  readonly mode: string;
  /** The guest gets the host's CPU as it is: mode 'host-passthrough' or 'maximum'. */
  readonly isPassthrough: boolean;
  /** The model element, also an empty one that carries only attributes. */
  readonly model: XmlElement | undefined;
  /** The model's name, or undefined where none is written. */
  readonly modelName: string | undefined;
  readonly features: readonly CpuFeature[];
}

/** The domain's `<cpu>`, or undefined where it has none. */
export function cpuOf(domain: Domain): Cpu | undefined {
  return domain.keep('cpu', () => {
    const element = child(domain.root, 'cpu');
    return element && readCpu(element);
  });
}

function readCpu(element: XmlElement): Cpu {
  const mode = attributeValue(element, 'mode') ?? 'custom';
  const model = child(element, 'model');
  return {
    element,
    mode,
    isPassthrough: mode === 'host-passthrough' || mode === 'maximum',
    model,
    modelName: textOf(model) || undefined,
    features: childElements(element, 'feature').flatMap((feature) => {
      const name = attributeValue(feature, 'name');
      return name ? [{ element: feature, name, policy: attributeValue(feature, 'policy') ?? 'require' }] : [];
    }),
  };
}

export interface NamedCpu extends Cpu {
  readonly model: XmlElement;
  readonly modelName: string;
}

/** The `<cpu>` where it names a model that counts: in mode 'custom', the only one that reads it (on x86). */
export function namedCpu(domain: Domain): NamedCpu | undefined {
  const cpu = cpuOf(domain);
  const { model, modelName } = cpu ?? {};
  return cpu?.mode === 'custom' && model && modelName ? { ...cpu, model, modelName } : undefined;
}

/** The x86 model that the domain names, as far as libvirt's table knows it. */
export function namedX86Model(domain: Domain): { readonly cpu: NamedCpu; readonly known: CpuModel } | undefined {
  const cpu = domain.isX86 ? namedCpu(domain) : undefined;
  const known = cpu && cpuModels('x86').get(cpu.modelName);
  return cpu && known && { cpu, known };
}

/** A feature is spoken of in the document, switched on or off: the author has decided. */
export function mentions(cpu: Cpu, ...names: string[]): boolean {
  return cpu.features.some((feature) => names.includes(feature.name));
}

/** Where a finding about the mode stands: its value, or the element's name where the mode is left to libvirt. */
export function modeSpan(cpu: Cpu): Span {
  const at = attribute(cpu.element, 'mode');
  return at ? valueSpan(at) : nameSpan(cpu.element);
}
