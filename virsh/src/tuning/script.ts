/** The script that reads the settings of a host, for a POSIX shell. It changes nothing. */

const files: Readonly<Record<string, string>> = {
  'ksm.run': '/sys/kernel/mm/ksm/run',
  'ksm.sharing': '/sys/kernel/mm/ksm/pages_sharing',
  'ksm.acrossNodes': '/sys/kernel/mm/ksm/merge_across_nodes',
  'thp.enabled': '/sys/kernel/mm/transparent_hugepage/enabled',
  swappiness: '/proc/sys/vm/swappiness',
  swaps: '/proc/swaps',
  numaBalancing: '/proc/sys/kernel/numa_balancing',
  clocksource: '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  'nested.intel': '/sys/module/kvm_intel/parameters/nested',
  'nested.amd': '/sys/module/kvm_amd/parameters/nested',
  governorDriver: '/sys/devices/system/cpu/cpu0/cpufreq/scaling_driver',
};

/** Prints `NAME<tab>VALUE` lines. The size of the log is looked at twice, a second apart: it tells how fast the log grows. */
export const script = [
  `say() { printf '%s\\t%s\\n' "$1" "$2"; }`,
  `show() { [ -r "$2" ] && say "$1" "$(head -c 2000 "$2" 2>/dev/null | tr '\\n' ' ')"; }`,
  ...Object.entries(files).map(([name, file]) => `show ${name} ${file}`),
  `for q in /sys/block/*/queue; do d=\${q%/queue}; d=\${d##*/}`,
  `case $d in loop*|ram*|zram*|dm-*|md*|sr*|fd*|nbd*) continue;; esac`,
  `[ -r $q/scheduler ] && say disk "$d $(cat $q/rotational) $(cat $q/scheduler)"; done`,
  `cat /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor 2>/dev/null | sort | uniq -c | while read n g; do say governor "$g $n"; done`,
  `for m in kvm vhost_net; do [ -d /sys/module/$m ] && say module $m; done`,
  `[ -c /dev/vhost-net ] && say device vhost-net`,
  `[ -d /sys/kernel/iommu_groups ] && say iommuGroups "$(ls /sys/kernel/iommu_groups | wc -l)"`,
  `for c in libvirtd virtqemud; do [ -r /etc/libvirt/$c.conf ] && grep -hE '^[[:space:]]*log_(level|filters)[[:space:]]*=' /etc/libvirt/$c.conf | while read -r l; do say log "$l"; done; done`,
  `size() { cat /var/log/libvirt/libvirtd.log /var/log/libvirt/virtqemud.log 2>/dev/null | wc -c; }`,
  `[ -r /var/log/libvirt/libvirtd.log ] || [ -r /var/log/libvirt/virtqemud.log ] && { s=$(size); sleep 1; say logSize "$s $(size)"; }`,
  'true',
].join('\n');
