/** `domstats`: counters that only grow, and sizes. */

export interface DomainSample {
  /** Time on the host's CPUs since the start, in nanoseconds. */
  readonly cpuTime: number | undefined;
  /** How many vCPUs are online. */
  readonly vcpus: number | undefined;
  /** Bytes that the guest has, and those of them that take room on the host. */
  readonly memory: number | undefined;
  readonly resident: number | undefined;
  /** Bytes since the start, of all disks and of all interfaces. */
  readonly blockRead: number | undefined;
  readonly blockWritten: number | undefined;
  readonly netReceived: number | undefined;
  readonly netSent: number | undefined;
}

const kibibyte = 1024;

export function parseSamples(output: string): ReadonlyMap<string, DomainSample> {
  const found = new Map<string, Map<string, number>>();
  let fields: Map<string, number> | undefined;
  for (const line of output.split(/\r?\n/)) {
    const [, name] = /^Domain: '(.*)'$/.exec(line) ?? [];
    if (name !== undefined) {
      fields = new Map();
      found.set(name, fields);
    }
    const [, key, value] = /^\s+([^=]+)=(\d+)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields?.set(key, Number(value));
  }
  return new Map([...found].map(([name, values]) => [name, toSample(values)]));
}

function toSample(fields: ReadonlyMap<string, number>): DomainSample {
  return {
    cpuTime: fields.get('cpu.time'),
    vcpus: fields.get('vcpu.current'),
    memory: inBytes(fields.get('balloon.current')),
    resident: inBytes(fields.get('balloon.rss')),
    blockRead: sum(fields, /^block\.\d+\.rd\.bytes$/),
    blockWritten: sum(fields, /^block\.\d+\.wr\.bytes$/),
    netReceived: sum(fields, /^net\.\d+\.rx\.bytes$/),
    netSent: sum(fields, /^net\.\d+\.tx\.bytes$/),
  };
}

function inBytes(kibibytes: number | undefined): number | undefined {
  return kibibytes === undefined ? undefined : kibibytes * kibibyte;
}

/** Undefined where the host says nothing of it. */
function sum(fields: ReadonlyMap<string, number>, keys: RegExp): number | undefined {
  const values = [...fields].filter(([key]) => keys.test(key)).map(([, value]) => value);
  return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
}
