/**
 * Is this text a libvirt domain? Asked of every XML file an editor opens, so it reads the head only and parses nothing.
 * `<domain>` is an element of other vocabularies too: one more proof is wanted.
 */

/** How much of the text is looked at, in UTF-16 code units. */
const HEAD = 4096;

/** domain/@type of libvirt's drivers (domain.rng, "hvs", and the types of releases past). */
const TYPES = new Set(
  'kvm qemu hvf xen lxc test bhyve vz parallels vmware hyperv openvz uml phyp vbox ch exe ldom kqemu esx'.split(' '),
);

/** Children of domain that no other vocabulary is known to have below an element of that name. */
const CHILDREN =
  /<(?:vcpu|memory|currentMemory|memoryBacking|cputune|numatune|iothreads|devices|emulator|on_poweroff|on_reboot|on_crash|os)[\s>/]/;

/** The root element is `<domain>`, and a known type or a child of libvirt's own says whose. */
export function looksLikeDomain(text: string): boolean {
  const head = text
    .slice(0, HEAD)
    .replace(/^\uFEFF/, '')
    .replace(/<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/g, '');
  const root = /^\s*<domain(?=[\s>/])([^<>]*)/.exec(head);
  if (!root) return false;
  const type = /\stype\s*=\s*["']?([\w-]+)/.exec(root[1] ?? '')?.[1];
  return (type !== undefined && TYPES.has(type)) || CHILDREN.test(head.slice(root[0].length));
}

/** Roots of libvirt's other documents: a file that the user calls libvirt's and that has one of these is not a broken domain. */
const OTHER_ROOTS =
  /^\s*<(?:network|pool|volume|domainsnapshot|domaincheckpoint|domainbackup|filter|secret|device|interface|capabilities|domainCapabilities|networkport|cpu|sources)[\s>/]/;

/** The language in which a user says "this is a libvirt domain"; in it no proof is asked for. */
export const DOMAIN_LANGUAGE = 'libvirt-domain';

/** Whether a document of an editor's language is ours to check. */
export function isDomainDocument(languageId: string, text: string): boolean {
  if (languageId !== DOMAIN_LANGUAGE) return looksLikeDomain(text);
  return !OTHER_ROOTS.test(text.slice(0, HEAD).replace(/<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)/g, ''));
}
