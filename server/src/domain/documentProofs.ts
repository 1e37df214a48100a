/**
 * What proves that a document with the root of one of libvirt's schemas is libvirt's: other vocabularies have a `<network>`
 * or a `<filter>` too. One proof is enough; they are such that what people write first is one of them.
 */
export interface DocumentProofs {
  /** Attributes of the root, and the values of them that prove. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Start tags below the root. */
  readonly tags?: RegExp;
}

const yesNo = ['yes', 'no'];
const words = (text: string) => text.split(' ');

/** By root. No other vocabulary is known to have one of those whose name is proof enough. */
export const documentProofs: Readonly<Record<string, DocumentProofs | 'the name'>> = {
  domain: {
    // domain.rng, "hvs", and the types of releases past.
    attributes: {
      type: words(
        'kvm qemu hvf xen lxc test bhyve vz parallels vmware hyperv openvz uml phyp vbox ch exe ldom kqemu esx',
      ),
    },
    tags: /<(?:vcpu|memory|currentMemory|memoryBacking|cputune|numatune|iothreads|devices|emulator|on_poweroff|on_reboot|on_crash|os)[\s>/]/,
  },
  domainsnapshot: 'the name',
  domaincheckpoint: 'the name',
  domainbackup: 'the name',
  domainCapabilities: 'the name',
  storagepoolCapabilities: 'the name',
  networkport: 'the name',
  filterbinding: 'the name',
  capabilities: { tags: /<host>\s*<(?:uuid|cpu|power_management|migration_features)>|<guest>\s*<os_type>/ },
  cpu: {
    attributes: { mode: words('custom host-model host-passthrough maximum'), match: words('minimum exact strict') },
    tags: /<(?:feature\s[^<>]*\bpolicy=|topology\s[^<>]*\bsockets=|model\s[^<>]*\bfallback=)/,
  },
  sysinfo: { attributes: { type: words('smbios fwcfg') } },
  network: {
    attributes: { ipv6: yesNo, trustGuestRxFilters: yesNo },
    tags: /<(?:forward\s*(?:\/?>|\s(?:mode|dev|managed)=)|bridge\s[^<>]*\b(?:name|stp|macTableManager)=|portgroup\s|virtualport[\s>]|ip\s[^<>]*\b(?:netmask|prefix)=|domain\s[^<>]*\blocalOnly=)/,
  },
  interface: {
    tags: /<(?:start\s[^<>]*\bmode=["'](?:onboot|hotplug|none)|protocol\s[^<>]*\bfamily=["']ipv[46]|bond\s[^<>]*\bmode=|vlan\s[^<>]*\btag=)/,
  },
  device: {
    tags: /<capability\s[^<>]*\btype=["'](?:system|pci|usb|usb_device|net|scsi|scsi_host|scsi_target|scsi_generic|storage|drm|mdev|mdev_types|ccw|css|vdpa|vport_ops|ap_card|ap_queue|ap_matrix)["']/,
  },
  filter: {
    attributes: { chain: words('root mac vlan stp arp rarp ipv4 ipv6') },
    tags: /<(?:rule\s[^<>]*\bdirection=["'](?:in|out|inout)["']|filterref\s[^<>]*\bfilter=)/,
  },
  secret: {
    attributes: { ephemeral: yesNo },
    tags: /<usage\s[^<>]*\btype=["'](?:volume|ceph|iscsi|tls|vtpm)["']/,
  },
  pool: {
    attributes: { type: words('netfs iscsi iscsi-direct logical mpath rbd sheepdog gluster zfs vstorage') },
    tags: /<(?:target|source)\s*>\s*<(?:path|device|dir|host|adapter)[\s>/]/,
  },
  volume: {
    attributes: { type: words('file block dir network netdir') },
    tags: /<(?:allocation[\s>/]|backingStore[\s>/]|capacity\s[^<>]*\bunit=|target\s*>\s*<(?:path|format)[\s>/])/,
  },
};
