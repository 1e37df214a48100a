// Makes schemas/cpu-models.json, the CPU models that libvirt knows, of a folder of libvirt's cpu_map.
//
//     node scripts/compile-cpu-models.mjs FOLDER LIBVIRT_VERSION [TARGET]
//
// FOLDER is /usr/share/libvirt/cpu_map of an installation, or src/cpu_map of a source tree. Only facts are taken over: names,
// vendors, and of x86 models the features. A model is written as what it adds to and takes from the earlier model most like it,
// which keeps the table small. The vmx-* features (what an Intel guest hypervisor may do) are left out: no rule asks for them.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const [folder, version, target = path.join(import.meta.dirname, '../schemas/cpu-models.json')] = process.argv.slice(2);
if (!folder || !version) throw new Error('usage: compile-cpu-models.mjs FOLDER LIBVIRT_VERSION [TARGET]');

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => ['arch', 'group', 'include', 'model', 'feature'].includes(name),
});
const read = (file) => parser.parse(readFileSync(path.join(folder, file), 'utf8')).cpus;

/** Every model of one architecture in the order of the index: { name, vendor, features (x86 only) }. */
function modelsOf(architecture) {
  const includes = [
    ...(architecture.include ?? []),
    ...(architecture.group ?? []).flatMap((group) => group.include ?? []),
  ];
  const written = new Map();
  for (const { filename } of includes) for (const model of read(filename)?.model ?? []) written.set(model.name, model);
  return [...written.values()].map((model) => ({
    name: model.name,
    vendor: vendorOf(model, written),
    features: architecture.name === 'x86' ? [...featuresOf(model, written)].sort() : [],
  }));
}

/** A model may say "as that other one"; what is removed='yes' was taken out of the model by a later QEMU. */
function featuresOf(model, written) {
  const features = new Set(ancestors(model, written).flatMap((other) => [...featuresOf(other, written)]));
  for (const { name, removed } of model.feature ?? []) {
    if (removed === 'yes') features.delete(name);
    else if (!name.startsWith('vmx-')) features.add(name);
  }
  return features;
}

function vendorOf(model, written) {
  return model.vendor?.name ?? ancestors(model, written).map((other) => vendorOf(other, written))[0];
}

const ancestors = (model, written) => (model.model ?? []).flatMap(({ name }) => written.get(name) ?? []);

/** `{name, vendor, like, add, remove}` against the nearest of the models before it; empty members are left out. */
function compact(model, earlier) {
  const differ = (other) => {
    const add = model.features.filter((feature) => !other.features.includes(feature));
    const remove = other.features.filter((feature) => !model.features.includes(feature));
    return { like: other.name, add, remove };
  };
  let best = { like: undefined, add: model.features, remove: [] };
  for (const candidate of earlier.map(differ)) {
    if (candidate.add.length + candidate.remove.length < best.add.length + best.remove.length) best = candidate;
  }
  const { like, add, remove } = best;
  return {
    name: model.name,
    vendor: model.vendor,
    like,
    add: add.length ? add.join(' ') : undefined,
    remove: remove.length ? remove.join(' ') : undefined,
  };
}

const architectures = read('index.xml').arch.map((architecture) => {
  const models = modelsOf(architecture);
  const lines = models.map((model, index) => `      ${JSON.stringify(compact(model, models.slice(0, index)))}`);
  return `    ${JSON.stringify(architecture.name)}: [\n${lines.join(',\n')}\n    ]`;
});
writeFileSync(
  target,
  `{\n  "libvirt": ${JSON.stringify(version)},\n  "models": {\n${architectures.join(',\n')}\n  }\n}\n`,
);
