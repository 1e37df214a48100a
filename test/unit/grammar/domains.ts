/** Domains around a snippet: the least that the grammar wants, and the snippet in its place. */

export function withDevices(devices: string): string {
  return `<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>1</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
${devices}
  </devices>
</domain>
`;
}

export function withParts(parts: string): string {
  return `<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>1</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
${parts}
</domain>
`;
}
