/** XML that libvirt does not take: not well-formed, against the schema, or with values that it does not know. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const definition: readonly FailureEntry[] = [
  {
    pattern: /\(domain_definition\):(\d+): (.*)/,
    kind: 'not-well-formed',
    message: phrase`Line $1 is not well-formed XML: $2.`,
    place: { line: '$1' },
  },
  {
    pattern: /\(\w+_definition\):(\d+): (.*)/,
    kind: 'not-well-formed',
    message: phrase`What was sent is not well-formed XML, at its line $1: $2.`,
  },
  {
    pattern: /failed to validate against schema[\s\S]*Element (\S+) has extra content: (\S+)/,
    kind: 'schema',
    message: phrase`The host’s libvirt takes no <$2> in <$1>. Correct its name, its place, or remove it.`,
    place: { at: ['//$2'] },
  },
  {
    pattern: /failed to validate against schema[\s\S]*Invalid attribute (\S+) for element (\S+)/,
    kind: 'schema',
    message: phrase`The host’s libvirt does not take the attribute $1 of <$2>: neither its name nor its value may be right.`,
    place: { at: ['//$2@$1'] },
  },
  {
    pattern: /failed to validate against schema[\s\S]*Type (\w+) doesn't allow value '(.+?)'/,
    kind: 'schema',
    message: phrase`The host’s libvirt does not take the value $2, which is no $1. Correct it.`,
    place: { at: ['//*', '//*@*'], value: '$2' },
  },
  {
    pattern: /failed to validate against schema/,
    kind: 'schema',
    message: phrase`The host’s libvirt refused the XML: it does not follow its schema. Look at the problems marked in the file.`,
  },
  {
    pattern: /Invalid value for attribute '(.+?)' in element '(.+?)': '(.*?)'/,
    kind: 'refused',
    message: phrase`The host’s libvirt does not know $3 as $1 of <$2>. Take a value that is offered there.`,
    place: { at: ['//$2@$1'], value: '$3' },
  },
  {
    pattern: /Invalid value '(.*?)' for element or attribute '\.\/(.*?)(?:\[\d+\])?'/,
    kind: 'refused',
    message: phrase`The host’s libvirt does not take $1 in $2. Correct the value.`,
    place: { at: ['$2'], value: '$1' },
  },
  {
    pattern: /unknown suffix '(.*?)'/,
    kind: 'refused',
    message: phrase`$1 is no unit of size. Take bytes, KiB, MiB, GiB or TiB.`,
    place: { at: ['//*@unit'], value: '$1' },
  },
  {
    pattern: /expecting root element of '(.+?)', not '(.+?)'/,
    kind: 'refused',
    message: phrase`libvirt expects a <$1> here, and the document is a <$2>.`,
  },
  {
    pattern: /missing domain type attribute/,
    kind: 'refused',
    message: phrase`<domain> does not say what runs the VM. Add type='kvm', or type='qemu' where there is no KVM.`,
    place: { at: [''] },
  },
  {
    pattern: /missing name information/,
    kind: 'refused',
    message: phrase`The VM has no name. Add <name>.`,
    place: { at: ['name', ''] },
  },
  {
    pattern: /malformed uuid element/,
    kind: 'refused',
    message: phrase`<uuid> is no UUID. Correct it, or remove it: libvirt then makes a new VM with its own.`,
    place: { at: ['uuid'] },
  },
  {
    pattern: /UUID mismatch between <uuid> and <sysinfo>/,
    kind: 'refused',
    message: phrase`<uuid> and the UUID in <sysinfo> differ. Remove the one in <sysinfo>: the guest sees <uuid> anyway.`,
    place: { at: ['uuid', 'sysinfo/system/entry'] },
  },
  {
    pattern: /unknown clock offset '(.*)'/,
    kind: 'unsupported',
    message: phrase`libvirt knows no clock offset $1. Take utc, localtime, timezone, variable or absolute.`,
    place: { at: ['clock@offset'], value: '$1' },
  },
  {
    pattern: /non unique alias detected: (\S+)/,
    kind: 'refused',
    message: phrase`Two devices have the alias $1. Give one of them another, or none: libvirt then chooses.`,
    place: { at: ['devices/*/alias@name'], value: '$1' },
  },
];
