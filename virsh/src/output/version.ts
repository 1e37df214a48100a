/** `virsh version`. */

export interface Version {
  /** libvirt's release that virsh uses: `9.0.0`. */
  readonly library: string | undefined;
  /** `QEMU`, `TEST`, … and its release. */
  readonly hypervisor: string | undefined;
  readonly hypervisorVersion: string | undefined;
}

export function parseVersion(output: string): Version {
  const [, library] = /^Using library: libvirt (\S+)$/m.exec(output) ?? [];
  const [, hypervisor, hypervisorVersion] = /^Running hypervisor: (.+) (\S+)$/m.exec(output) ?? [];
  return { library, hypervisor, hypervisorVersion };
}
