/** The CPU models that libvirt knows by name (its cpu_map), as facts: schemas/cpu-models.json. */
import table from '../../../schemas/cpu-models.json';

export interface CpuModel {
  readonly name: string;
  /** 'Intel', 'AMD', 'Hygon', …; undefined for QEMU's generic models. */
  readonly vendor: string | undefined;
  /** Features by libvirt's names, without the vmx-* ones. Known for x86 only. */
  readonly features: ReadonlySet<string>;
}

/** The keys of the table: libvirt's families of architectures. */
export type CpuFamily = keyof typeof table.models;

interface Row {
  readonly name: string;
  readonly vendor?: string;
  /** The model that `add` and `remove` (names between blanks) are counted from. */
  readonly like?: string;
  readonly add?: string;
  readonly remove?: string;
}

/** The libvirt release that the table was made from. */
export const CPU_MODELS_OF = table.libvirt;

const read = new Map<CpuFamily, ReadonlyMap<string, CpuModel>>();

/** Every model of an architecture by its name, oldest generation first. */
export function cpuModels(family: CpuFamily): ReadonlyMap<string, CpuModel> {
  const known = read.get(family);
  if (known) return known;
  const models = new Map<string, CpuModel>();
  const rows: readonly Row[] = table.models[family];
  for (const { name, vendor, like, add, remove } of rows) {
    const features = new Set(like === undefined ? [] : models.get(like)?.features);
    for (const feature of words(remove)) features.delete(feature);
    for (const feature of words(add)) features.add(feature);
    models.set(name, { name, vendor, features });
  }
  read.set(family, models);
  return models;
}

/** What x86-64-v2, the level that current distributions are built for, adds to the first 64 bit CPUs (names of libvirt). */
const X86_64_V2 = ['lm', 'cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4.1', 'sse4.2', 'ssse3'];

/** The features of x86-64-v2 that a model is without. */
export function lacksOfX86v2(model: CpuModel): readonly string[] {
  return X86_64_V2.filter((feature) => !model.features.has(feature));
}

function words(text: string | undefined): string[] {
  return text ? text.split(' ') : [];
}
