/** Which CPU features a host can give a guest, and which of a model's it cannot. */
import type { HostEmulator } from '../host/facts.ts';
import { cpuModels } from './cpuModels.ts';

/** What `host-model` would give: the model's features, with those that are added and taken away. Known for x86 only. */
export function hostFeatures({ hostModel }: HostEmulator): ReadonlySet<string> | undefined {
  const model = hostModel && cpuModels('x86').get(hostModel.model);
  if (!hostModel || !model) return undefined;
  const features = new Set([...model.features, ...hostModel.required]);
  for (const feature of hostModel.disabled) features.delete(feature);
  return features;
}

/**
 * The features of a model that the host lacks: as its libvirt tells (since 10.9), else by libvirt's own tables. Undefined where neither knows;
 * never empty.
 */
export function blockersOf(emulator: HostEmulator, model: string): readonly string[] | undefined {
  const told = emulator.cpuModels?.find(({ name }) => name === model)?.blockers;
  if (told && told.length > 0) return told;
  const [wanted, has] = [cpuModels('x86').get(model)?.features, hostFeatures(emulator)];
  const missing = wanted && has ? [...wanted].filter((feature) => !has.has(feature)) : [];
  return missing.length > 0 ? missing : undefined;
}
