/** What a user can set, as clients tell it: at initialize, or under `libvirt` in a change of configuration. */
export interface Settings {
  /** The libvirt release that documents are written for, such as `9.0`; undefined: the newest. */
  readonly targetVersion?: string;
  /** A folder of libvirt's .rng files to read documents by. */
  readonly schemaPath?: string;
  /** A file with what `virsh capabilities` printed on the host that guests shall run on. */
  readonly hostCapabilities?: string;
}

/** Unknown and ill-typed keys are ignored, blank ones count as left out: any editor may send anything. */
export function settings(given: unknown): Settings {
  const targetVersion = textIn(given, 'targetVersion');
  const schemaPath = textIn(valueIn(given, 'schema'), 'path');
  const hostCapabilities = textIn(given, 'hostCapabilities');
  return {
    ...(targetVersion && { targetVersion }),
    ...(schemaPath && { schemaPath }),
    ...(hostCapabilities && { hostCapabilities }),
  };
}

/** The value of a key, or undefined where there is none. */
export function valueIn(given: unknown, key: string): unknown {
  return typeof given === 'object' && given !== null ? new Map(Object.entries(given)).get(key) : undefined;
}

function textIn(given: unknown, key: string): string {
  const value = valueIn(given, key);
  return typeof value === 'string' ? value.trim() : '';
}
