/** The kinds of documents that libvirt has a schema for, by the name of their root element. */
export interface DocumentKind {
  readonly root: string;
  /** The schema's file without its ending, in libvirt's folder of schemas and here. */
  readonly schema: string;
}

export const documentKinds: readonly DocumentKind[] = [
  { root: 'domain', schema: 'domain' },
  { root: 'domainsnapshot', schema: 'domainsnapshot' },
  { root: 'domaincheckpoint', schema: 'domaincheckpoint' },
  { root: 'domainbackup', schema: 'domainbackup' },
  { root: 'domainCapabilities', schema: 'domaincaps' },
  { root: 'capabilities', schema: 'capability' },
  { root: 'cpu', schema: 'cpu' },
  { root: 'sysinfo', schema: 'sysinfo' },
  { root: 'network', schema: 'network' },
  { root: 'networkport', schema: 'networkport' },
  { root: 'interface', schema: 'interface' },
  { root: 'device', schema: 'nodedev' },
  { root: 'filter', schema: 'nwfilter' },
  { root: 'filterbinding', schema: 'nwfilterbinding' },
  { root: 'secret', schema: 'secret' },
  { root: 'pool', schema: 'storagepool' },
  { root: 'storagepoolCapabilities', schema: 'storagepoolcaps' },
  { root: 'volume', schema: 'storagevol' },
];
