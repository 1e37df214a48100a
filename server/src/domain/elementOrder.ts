/**
 * The order in which libvirt prints the children of an element, whatever order they were defined in. Taken from what libvirt 9.0 prints
 * of domains that have them all; what is younger stands where the neighbours of its kind do. test/libvirt holds it against real dumps.
 */
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** What ends every device (virDomainDeviceInfoFormat). */
const END = 'boot alias master rom acpi address';

/** Where the data of a disk lie (virDomainDiskSourceFormat). */
const SOURCE =
  'host ssl cookies readahead timeout snapshot config initiator nvme identity knownHosts reconnect address slices seclabel auth reservations encryption';

/** By the path below `domain`; a device of a type that differs, by the path with `@type`. */
const order: Readonly<Record<string, string>> = {
  '': 'name uuid genid hwuuid title description metadata maxMemory memory currentMemory blkiotune memtune memoryBacking vcpu vcpus iothreads iothreadids defaultiothread cputune numatune resource sysinfo bootloader bootloader_args os idmap features cpu clock on_poweroff on_reboot on_crash on_lockfailure pm perf throttlegroups devices seclabel keywrap launchSecurity',
  blkiotune: 'weight device',
  'blkiotune/device': 'path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec',
  memtune: 'hard_limit soft_limit min_guarantee swap_hard_limit',
  memoryBacking: 'hugepages nosharepages locked source access allocation discard',
  cputune:
    'shares period quota global_period global_quota emulator_period emulator_quota iothread_period iothread_quota vcpupin emulatorpin iothreadpin emulatorsched vcpusched iothreadsched cachetune memorytune',
  'cputune/cachetune': 'cache monitor',
  numatune: 'memory memnode',
  resource: 'partition fibrechannel',
  sysinfo: 'bios system baseBoard chassis oemStrings',
  os: 'type firmware init initarg initenv initdir inituser initgroup loader nvram varstore kernel initrd cmdline shim dtb acpi boot bootmenu bios smbios',
  idmap: 'uid gid',
  features:
    'acpi apic pae hap viridian privnet hyperv kvm pvspinlock capabilities pmu vmport gic smm ioapic hpt vmcoreinfo htm nested-hv msrs ccf-assist xen cfpc sbbc ibs tcg async-teardown ras ps2 aia',
  'features/hyperv':
    'relaxed vapic spinlocks vpindex runtime synic stimer reset vendor_id frequencies reenlightenment tlbflush ipi evmcs avic emsr_bitmap xmm_input',
  'features/kvm': 'hidden hint-dedicated poll-control pv-ipi dirty-ring',
  'features/xen': 'e820_host passthrough',
  cpu: 'model vendor topology cache maxphysaddr feature numa',
  'cpu/numa': 'cell interconnects',
  'cpu/numa/cell': 'distances cache',
  'cpu/numa/cell/cache': 'size line',
  'cpu/numa/interconnects': 'latency bandwidth',
  pm: 'suspend-to-mem suspend-to-disk',
  launchSecurity: 'cbitpos reducedPhysBits policy dhCert session',
  devices:
    'emulator disk controller lease filesystem interface smartcard serial parallel console channel input tpm graphics sound audio video hostdev redirdev redirfilter hub watchdog memballoon rng nvram panic shmem memory crypto iommu vsock pstore',
  'devices/disk': `driver auth source mirror backingStore geometry blockio target iotune throttlefilters readonly shareable transient serial wwn vendor product encryption ${END}`,
  'devices/disk/source': SOURCE,
  'devices/disk/backingStore/source': SOURCE,
  'devices/disk/mirror/source': SOURCE,
  'os/nvram/source': SOURCE,
  'devices/disk/backingStore': 'format source backingStore',
  'devices/disk/mirror': 'format source',
  'devices/disk/iotune':
    'total_bytes_sec read_bytes_sec write_bytes_sec total_iops_sec read_iops_sec write_iops_sec total_bytes_sec_max read_bytes_sec_max write_bytes_sec_max total_iops_sec_max read_iops_sec_max write_iops_sec_max size_iops_sec group_name total_bytes_sec_max_length read_bytes_sec_max_length write_bytes_sec_max_length total_iops_sec_max_length read_iops_sec_max_length write_iops_sec_max_length',
  'devices/controller': `driver model target ${END}`,
  'devices/lease': 'lockspace key target',
  'devices/filesystem': `driver binary idmap source target readonly space_hard_limit space_soft_limit ${END}`,
  'devices/filesystem/binary': 'cache sandbox lock thread_pool openfiles',
  'devices/filesystem/idmap': 'uid gid',
  'devices/interface': `mac source port vlan virtualport bandwidth ip route portForward script downscript target guest model driver backend filterref tune teaming link mtu coalesce ${END}`,
  'devices/interface@hostdev': `mac driver source vlan virtualport bandwidth target teaming link mtu ${END}`,
  'devices/interface/bandwidth': 'inbound outbound',
  'devices/interface/driver': 'host guest',
  'devices/smartcard': `certificate database source ${END}`,
  'devices/serial': `source protocol log target ${END}`,
  'devices/parallel': `source protocol log target ${END}`,
  'devices/console': `source protocol log target ${END}`,
  'devices/channel': `source protocol log target ${END}`,
  'devices/channel/source': 'clipboard mouse',
  'devices/input': `driver source ${END}`,
  'devices/tpm': `backend ${END}`,
  'devices/tpm/backend': 'encryption active_pcr_banks source device',
  'devices/graphics': 'listen channel image jpeg zlib playback streaming mouse clipboard filetransfer gl audio',
  'devices/sound': `codec audio driver ${END}`,
  'devices/audio': 'input output',
  'devices/video': `driver model ${END}`,
  'devices/video/model': 'acceleration resolution',
  'devices/hostdev': `driver source teaming readonly shareable ${END}`,
  'devices/hostdev/source': 'adapter vendor product host auth initiator address',
  'devices/redirdev': `source protocol ${END}`,
  'devices/watchdog': END,
  'devices/panic': END,
  'devices/hub': END,
  'devices/iommu': `driver ${END}`,
  'devices/vsock': `cid driver ${END}`,
  'devices/crypto': `backend driver ${END}`,
  'devices/memballoon': `stats ${END} driver`,
  'devices/rng': `rate backend driver ${END}`,
  'devices/rng/backend': 'source protocol',
  'devices/shmem': `model size server msi ${END}`,
  'devices/memory': `uuid source target ${END}`,
  'devices/memory/source': 'nodemask pagesize path alignsize pmem',
  'devices/memory/target': 'size node block requested current label readonly',
};

const ranks = new Map(
  Object.entries(order).map(([path, names]) => [path, new Map(names.split(' ').map((name, rank) => [name, rank]))]),
);

/** The rank of each child that libvirt prints in this element, or undefined where the order of its children is not known. */
export function childRanks(element: XmlElement): ReadonlyMap<string, number> | undefined {
  const path = pathInDomain(element);
  if (path === undefined) return undefined;
  return ranks.get(`${path}@${attributeValue(element, 'type')}`) ?? ranks.get(path);
}

/** `devices/disk`, nothing for the domain itself; undefined outside of one. Backing stores inside each other count as one. */
function pathInDomain(element: XmlElement): string | undefined {
  const names: string[] = [];
  for (let at: XmlElement | null = element; at; at = at.parent) {
    if (at.name === 'domain') return names.join('/');
    if (at.name !== 'backingStore' || names[0] !== 'backingStore') names.unshift(at.name);
  }
  return undefined;
}
