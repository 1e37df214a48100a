/** Why libvirt refused what was asked for. */
import type { FailureEntry } from './entry.ts';

export const whatWasAskedFor: readonly FailureEntry[] = [
  {
    pattern: /\(domain_definition\):(\d+): (.*)/,
    kind: 'not-well-formed',
    message: 'Line $1 is not well-formed XML: $2.',
  },
  {
    pattern: /failed to validate against schema/,
    kind: 'schema',
    message:
      'The host’s libvirt refused the XML: it does not follow its schema. Look at the problems marked in the file.',
  },
  {
    pattern: /name (.*) cannot contain '(.*)'|invalid char in name: (.*)/s,
    kind: 'refused',
    message: 'libvirt takes no line break and no slash in a name. Choose another one.',
  },
  {
    pattern: /domain '(.*)' already exists with uuid (\S+)/s,
    kind: 'exists',
    message:
      'There is already a VM called $1 with another UUID ($2). Use that UUID to replace it, or another name for a new VM.',
  },
  {
    pattern: /domain '(.*)' is already defined with uuid (\S+)/s,
    kind: 'exists',
    message: 'The UUID $2 belongs to the VM $1. Remove <uuid> to make a new VM, or rename the existing one first.',
  },
  {
    pattern:
      /storage vol(?:ume)?(?: name)?(?: '(.+?)')? (?:already exists|already in use)|volume target path '.+?' already exists/,
    kind: 'exists',
    message: 'There is already a volume of this name. Choose another name; nothing was overwritten.',
  },
  {
    pattern: /failed to get domain '(.*)'/s,
    kind: 'not-found',
    message: 'There is no VM $1 at {connection} (any more).',
  },
  {
    pattern: /no storage vol with matching \w+ '(.*?)'/,
    kind: 'not-found',
    message: 'No storage pool of {connection} has the volume $1.',
  },
  {
    pattern: /no storage pool with matching \w+ '(.*?)'/,
    kind: 'not-found',
    message: 'There is no active storage pool $1 at {connection}.',
  },
  {
    pattern: /Storage source conflict with pool: '(.*)'/,
    kind: 'exists',
    message:
      'The storage pool $1 of {connection} has the same directory, and libvirt takes no second one. Use that pool; if it is not active, start it first: virsh pool-start $1',
  },
  {
    pattern: /cannot open directory '(.*)': No such file or directory/s,
    kind: 'not-found',
    message: 'There is no directory $1 at {connection}.',
  },
  {
    pattern: /cannot open directory '(.*)': Permission denied/s,
    kind: 'permission',
    message: 'libvirt at {connection} may not read the directory $1.',
  },
  {
    pattern: /Network not found: no network with matching name '(.*)'/,
    kind: 'not-found',
    message: 'There is no virtual network $1 at {connection}. Create it, or connect the interface to another one.',
  },
  {
    pattern: /network '(.*)' is not active/,
    kind: 'refused',
    message: 'The virtual network $1 is not active. Start it with: virsh net-start $1',
  },
  {
    pattern: /is already (?:active|running)/,
    kind: 'already-running',
    message: 'The VM runs already.',
  },
  {
    pattern: /domain is not running|Domain is not running/,
    kind: 'not-running',
    message: 'The VM does not run.',
  },
  {
    pattern: /still being allocated|asynchronous jobs running|is still in use|currently in use/,
    kind: 'in-use',
    message: 'The volume or its pool is in use at this moment. Wait for the other work on it to end.',
  },
  {
    pattern: /Failed to get "(?:write|shared|consistent read)" lock\s+Is another process using the image \[(.*?)\]/,
    kind: 'in-use',
    message: 'Another VM or program uses the disk $1. Stop it first, or make the disk shareable on purpose.',
  },
  {
    pattern: /Cannot access (?:storage|backing) file '(.+?)'.*: No such file or directory/,
    kind: 'not-found',
    message: 'The file $1 does not exist at {connection}.',
  },
  {
    pattern:
      /Cannot access (?:storage|backing) file '(.+?)'.*: Permission denied|Failed to open file '(.+?)': Permission denied/,
    kind: 'permission',
    message: 'QEMU may not read $1$2. Check the permissions of the file and of every directory above it.',
  },
  {
    pattern: /Unable to find any firmware to satisfy '(.*)'/,
    kind: 'unsupported',
    message:
      "{connection} has no firmware for <os firmware='$1'>. Install ovmf (Debian, Ubuntu) or edk2-ovmf (Fedora) there.",
  },
  {
    pattern: /Emulator '(.+?)' does not support virt type 'kvm'|KVM kernel module|Could not access KVM kernel module/,
    kind: 'unsupported',
    message:
      "{connection} offers no KVM. Switch virtualization on in its firmware and load the kvm module, or use <domain type='qemu'>.",
  },
  {
    pattern: /cannot undefine domain with nvram/,
    kind: 'refused',
    message: 'The VM has a file with UEFI variables: say whether it is to be removed or kept.',
  },
  {
    pattern: /Refusing to undefine while|cannot (?:delete|undefine) (?:inactive )?domain with/,
    kind: 'refused',
    message: 'The VM has saved states or snapshots, which would be lost. Remove them first, or say that they may go.',
  },
  {
    pattern: /cannot undefine transient domain/,
    kind: 'refused',
    message: 'The VM has no stored definition; it is gone as soon as it stops.',
  },
  {
    pattern: /Failed to reserve port (\d+)/,
    kind: 'in-use',
    message: 'Port $1 of {connection} is taken. Choose another one, or autoport.',
  },
  {
    pattern: /communicate with bridge helper/,
    kind: 'permission',
    message:
      'QEMU’s bridge helper did not connect the VM: the bridge is missing, or /etc/qemu/bridge.conf of {connection} does not allow it.',
  },
  {
    pattern: /hugetlbfs filesystem is not mounted/,
    kind: 'unsupported',
    message: '{connection} offers no huge pages to VMs. Reserve some and mount hugetlbfs there, or remove <hugepages>.',
  },
  {
    pattern: /Cannot check QEMU binary (\S+):/,
    kind: 'not-found',
    message: 'There is no emulator $1 at {connection}. Correct or remove <emulator>.',
  },
];

/** What libvirt says well enough itself, once its prefixes are taken off. Comes last. */
export const inLibvirtsWords: readonly FailureEntry[] = [
  {
    pattern: /unsupported configuration: (.+)/,
    kind: 'unsupported',
    message: 'libvirt at {connection} cannot do this: $1.',
  },
  {
    pattern:
      /(?:XML error|invalid argument): (.+)|(missing name information|missing domain type attribute|malformed uuid element)/,
    kind: 'refused',
    message: 'libvirt refused the XML: $1$2.',
  },
  {
    pattern:
      /(?:process exited while connecting to|unexpectedly closed the) monitor: (?:.*?qemu\S*: )?(?:-\w+ \S+: )?(.+)/,
    kind: 'refused',
    message: 'QEMU ended as soon as it was started: $1.',
  },
];
