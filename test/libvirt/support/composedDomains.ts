/**
 * Domains composed at random of parts that go together: CPU, memory, disks, interfaces and IOThreads in many variants.
 * Most of them a real libvirt takes; which ones is for libvirt to say.
 */
import type { Random } from '../../support/random.ts';

type Choices = readonly [string, ...string[]];

const machines: Choices = ['q35', 'q35', 'pc', 'pc-q35-7.2', 'pc-i440fx-7.2'];

const processors: Choices = [
  '<vcpu>1</vcpu>',
  "<vcpu current='2'>4</vcpu><cpu mode='host-model'/>",
  "<vcpu placement='static' cpuset='0-1'>4</vcpu><cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>",
  "<vcpu>8</vcpu><cpu mode='custom' match='exact'><model>Nehalem</model><topology sockets='2' cores='2' threads='2'/></cpu>",
  "<vcpu>6</vcpu><cpu><topology sockets='1' dies='1' cores='3' threads='2'/></cpu>",
  "<vcpu>4</vcpu><cpu mode='maximum' migratable='on'/>",
  "<vcpu>4</vcpu><cpu match='minimum'><model>Conroe</model><vendor>Intel</vendor><feature policy='require' name='ssse3'/><feature policy='disable' name='lahf_lm'/></cpu>",
  "<vcpu>4</vcpu><cpu mode='host-model' check='partial'><cache mode='emulate' level='3'/></cpu>",
  "<vcpu>2</vcpu><vcpus><vcpu id='0' enabled='yes' hotpluggable='no' order='1'/><vcpu id='1' enabled='yes' hotpluggable='yes' order='2'/></vcpus>",
  "<vcpu>4</vcpu><cputune><shares>2048</shares><vcpupin vcpu='0' cpuset='0'/><emulatorpin cpuset='1'/></cputune><cpu mode='host-model'><feature policy='disable' name='svm'/></cpu>",
  "<vcpu>4</vcpu><cpu mode='custom'><model>EPYC</model><cache mode='passthrough'/></cpu>",
  "<vcpu>4</vcpu><cpu mode='custom' match='strict'><model fallback='forbid' vendor_id='KVMKVMKVM'>kvm64</model></cpu>",
];

const memories: Choices = [
  '<memory>1048576</memory>',
  "<memory unit='GiB'>2</memory><currentMemory unit='MiB'>1024</currentMemory>",
  "<memory unit='MB'>1024</memory><memoryBacking><nosharepages/></memoryBacking>",
  "<memory unit='MiB'>1024</memory><memoryBacking><source type='memfd'/><access mode='shared'/><allocation mode='immediate' threads='2'/></memoryBacking>",
  "<memory unit='MiB' dumpCore='off'>1024</memory><memoryBacking><source type='file'/><access mode='private'/><discard/></memoryBacking>",
  "<memory unit='MiB'>1024</memory><memoryBacking><source type='anonymous'/><allocation mode='ondemand'/></memoryBacking>",
  "<memory unit='GiB'>1</memory><memoryBacking><locked/></memoryBacking>",
  "<memory unit='GiB'>2</memory><memoryBacking><hugepages><page size='2' unit='MiB'/></hugepages></memoryBacking>",
  "<memory unit='GiB'>2</memory><memoryBacking><hugepages/><nosharepages/><allocation mode='immediate'/></memoryBacking>",
];

/** Memory in cells of the guest, with the CPUs that belong to it; takes the place of a processor and a memory. */
const cells: Choices = [
  "<memory unit='GiB'>2</memory><vcpu>4</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='1' unit='GiB'/><cell id='1' cpus='2-3' memory='1048576' memAccess='shared'/></numa></cpu><memoryBacking><source type='memfd'/></memoryBacking>",
  "<maxMemory slots='4' unit='GiB'>8</maxMemory><memory unit='GiB'>2</memory><vcpu>2</vcpu><cpu mode='host-model'><numa><cell id='0' cpus='0-1' memory='2' unit='GiB' discard='yes'/></numa></cpu>",
  "<maxMemory slots='16' unit='GiB'>16</maxMemory><memory unit='GiB'>4</memory><vcpu>4</vcpu><numatune><memory mode='strict' nodeset='0'/><memnode cellid='0' mode='preferred' nodeset='0'/></numatune><cpu><topology sockets='1' cores='4' threads='1'/><numa><cell id='0' cpus='0,2' memory='2' unit='GiB'><distances><sibling id='0' value='10'/><sibling id='1' value='21'/></distances></cell><cell id='1' cpus='1,3' memory='2' unit='GiB'/></numa></cpu>",
];

/** For a domain with maxMemory. */
const modules: Choices = [
  '',
  "<memory model='dimm'><target><size unit='MiB'>512</size><node>0</node></target></memory>",
  "<memory model='dimm' access='private' discard='yes'><source><pagesize unit='KiB'>4</pagesize><nodemask>0</nodemask></source><target><size unit='MiB'>512</size><node>0</node></target><address type='dimm' slot='1'/></memory>",
  "<memory model='nvdimm' access='shared'><source><path>/img/nvdimm</path></source><target><size unit='MiB'>256</size><node>0</node><label><size unit='KiB'>256</size></label></target></memory>",
  "<memory model='virtio-mem'><target><size unit='MiB'>512</size><node>0</node><block unit='MiB'>2</block><requested unit='MiB'>256</requested></target></memory>",
];

const threads: Choices = [
  '<iothreads>4</iothreads>',
  "<iothreads>4</iothreads><iothreadids><iothread id='1'/><iothread id='2' thread_pool_min='2' thread_pool_max='8'/></iothreadids>",
  "<iothreadids><iothread id='1'/><iothread id='2'/></iothreadids><defaultiothread thread_pool_min='1' thread_pool_max='16'/>",
  '<iothreads>2</iothreads>',
];

const drivers: Choices = [
  "type='qcow2'",
  "type='raw' cache='none' io='native'",
  "type='qcow2' cache='writeback' discard='unmap' detect_zeroes='unmap'",
  "type='raw' cache='directsync' io='threads' error_policy='stop' rerror_policy='report'",
  "type='qcow2' cache='unsafe' discard='ignore'",
  "type='raw' cache='writethrough' io='io_uring' detect_zeroes='on'",
  "type='qcow2' copy_on_read='on' cache='none'",
  "type='qcow2' discard_no_unref='off'",
];
const virtioDrivers: Choices = [
  '',
  " iothread='1'",
  " queues='4'",
  " ioeventfd='on' event_idx='off'",
  " iothread='2' queues='2' packed='on'",
  " iommu='off' ats='off' queue_size='256'",
];

const sources: Choices = [
  "type='file'><source file='/img/IMAGE'/>",
  "type='block'><source dev='/dev/IMAGE'/>",
  "type='network'><source protocol='nbd' name='IMAGE'><host name='store' port='10809'/></source>",
  "type='network'><source protocol='rbd' name='pool/IMAGE'><host name='mon1'/><host name='mon2' port='6789'/></source>",
  "type='network'><source protocol='iscsi' name='iqn.2020-01.com.example:IMAGE/1'><host name='store'/></source>",
];

const details: Choices = [
  '',
  '<serial>WD-4711</serial>',
  '<readonly/>',
  '<shareable/>',
  '<iotune><total_bytes_sec>10000000</total_bytes_sec></iotune>',
  '<iotune><read_iops_sec>400</read_iops_sec><write_iops_sec>200</write_iops_sec></iotune>',
  "<blockio logical_block_size='512' physical_block_size='4096'/>",
  '<wwn>0123456789abcdef</wwn>',
];

const interfaces: Choices = [
  "<interface type='user'><model type='virtio'/></interface>",
  "<interface type='user'><mac address='52:54:00:aa:bb:01'/><model type='e1000'/><link state='down'/></interface>",
  "<interface type='user'><model type='virtio'/><driver event_idx='on' iommu='off'><host csum='off' gso='off'/><guest tso4='off'/></driver><mtu size='1500'/></interface>",
  "<interface type='user'><ip address='10.0.5.0' family='ipv4' prefix='24'/><model type='e1000e'/></interface>",
  "<interface type='network'><source network='default' portgroup='lan'/><model type='virtio'/><driver name='vhost' queues='4' rx_queue_size='512' tx_queue_size='256'/></interface>",
  "<interface type='bridge'><source bridge='br0'/><target dev='lan0'/><model type='virtio'/><bandwidth><inbound average='1000' peak='5000' burst='1024'/></bandwidth></interface>",
  "<interface type='bridge'><source bridge='br0'/><virtualport type='openvswitch'/><vlan><tag id='42'/></vlan><model type='virtio'/><driver name='qemu' txmode='iothread' ioeventfd='on'/></interface>",
  "<interface type='direct' trustGuestRxFilters='yes'><source dev='eth0' mode='bridge'/><model type='virtio'/></interface>",
  "<interface type='ethernet'><target dev='tap7' managed='no'/><model type='virtio'/></interface>",
  "<interface type='server'><source address='127.0.0.1' port='5558'/><model type='rtl8139'/></interface>",
  "<interface type='udp'><source address='127.0.0.1' port='5557'><local address='127.0.0.1' port='5556'/></source><model type='virtio'/></interface>",
  "<interface type='mcast'><source address='230.0.0.1' port='5558'/></interface>",
];

export function composedDomain(random: Random): string {
  const machine = random.pick(machines);
  const inCells = random.below(4) === 0;
  const memory = inCells ? random.pick(cells) : random.pick(memories) + random.pick(processors);
  const withThreads = random.below(2) === 0;
  const disks = Array.from({ length: 1 + random.below(3) }, (_, index) => disk(random, machine, withThreads, index));
  const parts = [
    `<memballoon model='${random.pick(['virtio', 'virtio', 'none'])}'/>`,
    ...disks,
    ...Array.from({ length: random.below(3) }, () => random.pick(interfaces)),
    memory.includes('<maxMemory') ? random.pick(modules) : '',
    withThreads && random.below(2)
      ? "<controller type='scsi' index='0' model='virtio-scsi'><driver queues='4' iothread='1'/></controller>"
      : '',
  ];
  return `<domain type='qemu'>
  <name>composed</name>
  <os><type arch='x86_64' machine='${machine}'>hvm</type></os>
  ${memory.replace(/></g, '>\n  <')}
  ${withThreads ? random.pick(threads) : ''}
  <devices>
    ${parts.filter(Boolean).join('\n    ')}
  </devices>
</domain>
`;
}

function disk(random: Random, machine: string, withThreads: boolean, index: number): string {
  const ide: Choices = machine.includes('q35') ? ['sata'] : ['ide', 'sata'];
  const bus = random.pick(['virtio', 'virtio', 'virtio', 'scsi', 'usb', ...ide]);
  const prefix = bus === 'virtio' ? 'vd' : bus === 'ide' ? 'hd' : 'sd';
  const virtio = bus === 'virtio' ? random.pick(virtioDrivers) : '';
  const driver = random.pick(drivers) + (withThreads ? virtio : virtio.replace(/ iothread='\d'/, ''));
  const target = `<target dev='${prefix}${'abc'[index] ?? 'd'}' bus='${bus}'/>`;
  if (random.below(8) === 0 && bus !== 'virtio')
    return `<disk type='file' device='cdrom'><driver name='qemu' type='raw'/>${target}<readonly/></disk>`;
  const source = random.pick(sources).replace('IMAGE', `disk${index}`);
  const startTagEnd = source.indexOf('>') + 1;
  return `<disk ${source.slice(0, startTagEnd)}<driver name='qemu' ${driver}/>${source.slice(startTagEnd)}${target}${random.pick(details)}</disk>`;
}
