/**
 * The commands of virsh that only look. Whatever is not among them counts as a change, even where whoever wrote the command called it a reading one:
 * too much in the audit log is better than a gap.
 */
const looking: readonly RegExp[] = [
  /^(?:list|version|capabilities|domcapabilities|dumpxml|screenshot|guestinfo|vncdisplay|ttyconsole|domxml-to-native)$/,
  /^dom(?:stats|state|info|uuid|name|id|display|fsinfo|ifaddr|iflist|jobinfo|control|hostname)$/,
  /^dom(?:blk|if|mem)(?:list|info|stat|error|-getlink)$/,
  /^node(?:info|cpumap|cpustats|memstats)$|^(?:freecell|freepages|sysinfo|hostname|uri|maxvcpus|vcpucount|vcpuinfo)$/,
  /^(?:event|(?:net|pool|nodedev|secret)-event)$/,
  /^hypervisor-cpu-(?:compare|baseline|models)$|^cpu-(?:models|compare|baseline)$/,
  /^[a-z]+-(?:list|dumpxml|info|path|pool|key|name|uuid|current|parent|download|dhcp-leases|capabilities)$/,
  // libvirt looks again at what is there.
  /^pool-refresh$/,
  // Several looking commands in one virsh (run/batch.ts).
  /^echo --err /,
  // The watch of a host (events/watch.ts).
  /^echo 'ready\n'; event --all --loop --timestamp$/,
];

export function isLooking([command = '']: readonly string[]): boolean {
  return looking.some((pattern) => pattern.test(command));
}
