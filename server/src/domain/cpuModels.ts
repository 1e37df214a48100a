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

/** What each level of the x86-64 psABI adds to the one below it, by libvirt's names. */
const LEVELS: readonly (readonly string[])[] = [
  ['lm', 'cmov', 'cx8', 'fpu', 'fxsr', 'mmx', 'syscall', 'sse', 'sse2'],
  ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4.1', 'sse4.2', 'ssse3'],
  ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'abm', 'movbe', 'xsave'],
  ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'],
];

/** The x86-64 level (1 to 4) that programs may be built for; 0 where the model is no complete 64 bit CPU. */
export function x86Level(features: ReadonlySet<string>): number {
  const lacking = LEVELS.findIndex((level) => level.some((feature) => !features.has(feature)));
  return lacking < 0 ? LEVELS.length : lacking;
}

function words(text: string | undefined): string[] {
  return text ? text.split(' ') : [];
}
