/** A valid document of every kind that libvirt has a schema for, and one fault in each. */
export interface KindDocument {
  readonly root: string;
  readonly valid: string;
  /** What is written wrong, and how. */
  readonly fault: readonly [right: string, wrong: string];
  /** libvirt 9.0 has no schema of its own for it. */
  readonly isNewSchema?: boolean;
}

const uuid = 'f3a1b0c2-5d4e-4f60-8a7b-9c8d7e6f5a4b';
const domain = `<domain type='kvm'><name>web</name><memory unit='MiB'>512</memory><os><type>hvm</type></os></domain>`;

export const kindDocuments: readonly KindDocument[] = [
  { root: 'domain', valid: domain, fault: ['memory unit', 'memory unti'] },
  {
    root: 'domainsnapshot',
    valid: `<domainsnapshot><name>before</name><description>x</description><memory snapshot='no'/><disks><disk name='vda' snapshot='external'/></disks></domainsnapshot>`,
    fault: ["snapshot='external'", "snapshot='externl'"],
  },
  {
    root: 'domaincheckpoint',
    valid: `<domaincheckpoint><name>one</name><disks><disk name='vda' checkpoint='bitmap'/></disks></domaincheckpoint>`,
    fault: ["checkpoint='bitmap'", "checkpoint='bitmp'"],
  },
  {
    root: 'domainbackup',
    valid: `<domainbackup mode='push'><disks><disk name='vda' backup='yes' type='file'><target file='/b.qcow2'/><driver type='qcow2'/></disk></disks></domainbackup>`,
    fault: ["mode='push'", "mode='psh'"],
  },
  {
    root: 'domainCapabilities',
    valid: `<domainCapabilities><path>/usr/bin/qemu-system-x86_64</path><domain>kvm</domain><machine>pc-q35-7.2</machine><arch>x86_64</arch><vcpu max='288'/><iothreads supported='yes'/><os supported='yes'/><cpu><mode name='host-passthrough' supported='no'/><mode name='maximum' supported='no'/><mode name='host-model' supported='no'/><mode name='custom' supported='no'/></cpu><devices/><features/></domainCapabilities>`,
    fault: ["supported='yes'", "supported='ja'"],
  },
  {
    root: 'capabilities',
    valid: `<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'><wordsize>64</wordsize><domain type='qemu'/></arch></guest></capabilities>`,
    fault: ['<os_type>hvm</os_type>', '<os_typ>hvm</os_typ>'],
  },
  {
    root: 'cpu',
    valid: `<cpu mode='custom' match='exact'><model fallback='forbid'>Skylake-Client</model><feature policy='require' name='vmx'/></cpu>`,
    fault: ["policy='require'", "policy='requir'"],
  },
  {
    root: 'sysinfo',
    valid: `<sysinfo type='smbios'><bios><entry name='vendor'>LENOVO</entry></bios></sysinfo>`,
    fault: ["<bios><entry name='vendor'>", "<bios><entry nam='vendor'>"],
    isNewSchema: true,
  },
  {
    root: 'network',
    valid: `<network><name>lab</name><uuid>${uuid}</uuid><forward mode='nat'/><bridge name='virbr7' stp='on' delay='0'/><ip address='10.7.0.1' netmask='255.255.255.0'><dhcp><range start='10.7.0.2' end='10.7.0.99'/></dhcp></ip></network>`,
    fault: ["end='10.7.0.99'", "ennd='10.7.0.99'"],
  },
  {
    root: 'networkport',
    valid: `<networkport><uuid>${uuid}</uuid><owner><name>web</name><uuid>${uuid}</uuid></owner><mac address='52:54:00:11:22:33'/><plug type='bridge' bridge='virbr7'/></networkport>`,
    fault: ["plug type='bridge'", "plug type='brigde'"],
  },
  {
    root: 'interface',
    valid: `<interface type='ethernet' name='eth0'><start mode='onboot'/><protocol family='ipv4'><dhcp/></protocol></interface>`,
    fault: ["start mode='onboot'", "start mod='onboot'"],
  },
  {
    root: 'device',
    valid: `<device><name>net_eth0</name><parent>pci_0000_00_19_0</parent><capability type='net'><interface>eth0</interface><address>00:11:22:33:44:55</address></capability></device>`,
    fault: ['<interface>eth0</interface>', '<interfaces>eth0</interfaces>'],
  },
  {
    root: 'filter',
    valid: `<filter name='no-spoofing' chain='ipv4'><uuid>${uuid}</uuid><rule action='drop' direction='out' priority='500'><ip match='no' srcipaddr='$IP'/></rule></filter>`,
    fault: ["action='drop'", "action='dorp'"],
  },
  {
    root: 'filterbinding',
    valid: `<filterbinding><owner><name>web</name><uuid>${uuid}</uuid></owner><portdev name='vnet0'/><mac address='52:54:00:11:22:33'/><filterref filter='clean-traffic'/></filterbinding>`,
    fault: ["filterref filter='", "filterref fliter='"],
  },
  {
    root: 'secret',
    valid: `<secret ephemeral='no' private='yes'><description>key of a pool</description><uuid>${uuid}</uuid><usage type='ceph'><name>client.admin secret</name></usage></secret>`,
    fault: ["private='yes'", "private='jes'"],
  },
  {
    root: 'pool',
    valid: `<pool type='dir'><name>images</name><source/><target><path>/var/lib/images</path></target></pool>`,
    fault: ['<path>/var/lib/images</path>', '<pth>/var/lib/images</pth>'],
  },
  {
    root: 'storagepoolCapabilities',
    valid: `<storagepoolCapabilities><pool type='dir' supported='yes'/></storagepoolCapabilities>`,
    fault: ["supported='yes'", "suported='yes'"],
  },
  {
    root: 'volume',
    valid: `<volume type='file'><name>web.qcow2</name><capacity unit='GiB'>10</capacity><target><path>/var/lib/images/web.qcow2</path><format type='qcow2'/></target></volume>`,
    fault: ["format type='qcow2'", "format tpye='qcow2'"],
  },
];

/** The document with its fault. */
export function broken({ valid, fault: [right, wrong] }: KindDocument): string {
  return valid.replace(right, wrong);
}
