/** What the kernel and libvirt offer guests: vhost, IOMMU; and what libvirt writes down. */
import { say } from '../../../server/src/l10n/say.ts';
import type { TuningFinding } from './check.ts';
import type { TuningReading } from './reading.ts';
import { all, first, KERNEL, LIBVIRT } from './values.ts';

/** Bytes. */
const LARGE_LOG = 1024 ** 3;
/** Bytes a second. */
const FAST_GROWTH = 10 * 1024;

export function* checkServices({ facts, settings }: TuningReading): Generator<TuningFinding> {
  if (settings) {
    const hasVhost = all(settings, 'module').includes('vhost_net') || all(settings, 'device').includes('vhost-net');
    yield {
      subject: 'vhost-net',
      source: `${LIBVIRT}/formatdomain.html#setting-nic-driver-specific-options`,
      weight: hasVhost ? 'fine' : 'costs',
      value: hasVhost ? say`there` : say`not there`,
      meaning: hasVhost
        ? say`The kernel moves the packets of virtio interfaces.`
        : say`QEMU moves the packets of virtio interfaces itself: half the throughput, more CPU time.`,
      ...(!hasVhost && { command: 'modprobe vhost_net; echo vhost_net > /etc/modules-load.d/vhost_net.conf' }),
    };
  }
  const groups = first(settings, 'iommuGroups');
  const hasIommu = groups === undefined ? facts.hasIommu : groups !== '0';
  const given = (facts.domains ?? []).filter(({ hostDevices = [] }) => hostDevices.length > 0);
  if (hasIommu !== undefined) {
    const isMissed = !hasIommu && given.length > 0;
    yield {
      subject: 'IOMMU',
      source: `${KERNEL}/driver-api/vfio.html`,
      weight: isMissed ? 'costs' : 'fine',
      value: hasIommu ? say`on` : say`off`,
      meaning: isMissed
        ? say`${given.length} VMs ask for PCI devices of the host, and none can be given. Switch VT-d or AMD-Vi on in the firmware; Intel's wants intel_iommu=on on the kernel's command line too.`
        : hasIommu
          ? say`PCI devices can be given to guests.`
          : say`No PCI device can be given to a guest; no VM there asks for one.`,
    };
  }
  yield* log(settings);
}

/** Debug messages of libvirt slow every operation down and fill the disk of the host. */
function* log(settings: TuningReading['settings']): Generator<TuningFinding> {
  const lines = all(settings, 'log');
  const [before, after] = (first(settings, 'logSize') ?? '').split(' ').map(Number);
  const isDebug = lines.some(
    (line) => /log_level\s*=\s*1\b/.test(line) || /log_filters\s*=\s*"(.*\s)?1:\*?/.test(line),
  );
  const growth = before === undefined || after === undefined ? 0 : after - before;
  if (!settings || (lines.length === 0 && after === undefined)) return;
  const isLoud = isDebug || growth > FAST_GROWTH;
  const isLarge = (after ?? 0) > LARGE_LOG;
  const size = after === undefined ? '' : say`${Math.round(after / 1024)} KiB, ${growth} bytes more in a second`;
  yield {
    subject: say`libvirt's log`,
    source: `${LIBVIRT}/logging.html`,
    weight: isLoud ? 'costs' : isLarge ? 'look' : 'fine',
    value: [...lines, size].filter(Boolean).join('; '),
    meaning: isLoud
      ? say`libvirt writes down what it does in detail: every operation is slower, and the disk fills up.`
      : isLarge
        ? say`The log is large: see that it is rotated.`
        : say`It grows slowly.`,
    ...(isLoud && { command: 'virt-admin daemon-log-filters ""; virt-admin daemon-log-outputs' }),
    ...(isLarge && !isLoud && { command: 'logrotate --force /etc/logrotate.d/libvirtd' }),
  };
}
