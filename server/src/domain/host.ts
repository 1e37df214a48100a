/** A host as rules and features ask it: what its facts tell, found by name. Undefined is always "not known". */
import type {
  HostEmulator,
  HostFacts,
  HostGuest,
  HostMachine,
  HostNetwork,
  HostNode,
  HostPciDevice,
  HostPool,
} from '../host/facts.ts';
import { parseCpuset } from './cpuset.ts';

/** What of a guest decides which emulator runs it. */
export interface GuestKind {
  readonly type: string;
  readonly architecture: string | undefined;
  readonly machine: string | undefined;
}

type Named<Value> = ReadonlyMap<string, Value>;

export class Host {
  readonly facts: HostFacts;
  readonly #kept = new Map<string, unknown>();

  constructor(facts: HostFacts) {
    this.facts = facts;
  }

  get name(): string {
    return this.facts.name;
  }

  /** What can be run of a type and an architecture; the host's own architecture where none is written. */
  guest({ type, architecture = this.facts.cpu?.architecture }: GuestKind): HostGuest | undefined {
    return this.facts.guests?.find((one) => one.type === type && one.architecture === architecture);
  }

  machine(kind: GuestKind): HostMachine | undefined {
    return this.guest(kind)?.machines.find(({ name }) => name === kind.machine);
  }

  /** What is known of the emulator that would run the guest, with a machine type of the same family. */
  emulator(kind: GuestKind): HostEmulator | undefined {
    const fitting = this.#emulatorsOf(kind);
    const name = this.machine(kind)?.aliasOf ?? kind.machine ?? 'pc';
    return (
      fitting.find(({ machine }) => machine === name) ??
      fitting.find(({ machine }) => familyOf(machine) === familyOf(name))
    );
  }

  /** The same for what does not depend on the machine type: CPUs and most devices. */
  program(kind: GuestKind): HostEmulator | undefined {
    return this.emulator(kind) ?? this.#emulatorsOf(kind)[0];
  }

  #emulatorsOf({ type, architecture = this.facts.cpu?.architecture }: GuestKind): readonly HostEmulator[] {
    return (this.facts.emulators ?? []).filter((one) => one.type === type && one.architecture === architecture);
  }

  get networks(): Named<HostNetwork> | undefined {
    return this.#named('networks', this.facts.networks);
  }

  get pools(): Named<HostPool> | undefined {
    return this.#named('pools', this.facts.pools);
  }

  get interfaces(): ReadonlySet<string> | undefined {
    return this.#keep('interfaces', () => this.facts.interfaces && new Set(this.facts.interfaces));
  }

  get pciDevices(): Named<HostPciDevice> | undefined {
    const { pciDevices } = this.facts;
    return this.#keep('pciDevices', () => pciDevices && new Map(pciDevices.map((one) => [one.address, one])));
  }

  /** The host's CPUs that are on. */
  get cpus(): ReadonlySet<number> | undefined {
    return this.#keep('cpus', () => {
      const { onlineCpus, nodes } = this.facts;
      if (onlineCpus !== undefined) return parseCpuset(onlineCpus);
      return nodes && new Set(nodes.flatMap((node) => cpusOf(node)));
    });
  }

  /** NUMA nodes by their ids. */
  get nodes(): ReadonlyMap<number, HostNode> | undefined {
    return this.#keep('nodes', () => this.facts.nodes && new Map(this.facts.nodes.map((node) => [node.id, node])));
  }

  /** The NUMA nodes that CPUs belong to; CPUs that nobody knows belong to none. */
  nodesOf(cpus: Iterable<number>): ReadonlySet<number> {
    const owners = this.#keep('owners', () => {
      const pairs = (this.facts.nodes ?? []).flatMap((node) => cpusOf(node).map((cpu) => [cpu, node.id] as const));
      return new Map(pairs);
    });
    return new Set([...cpus].flatMap((cpu) => owners.get(cpu) ?? []));
  }

  #named<Value extends { readonly name: string }>(
    key: string,
    all: readonly Value[] | undefined,
  ): Named<Value> | undefined {
    return this.#keep(key, () => all && new Map(all.map((one) => [one.name, one])));
  }

  #keep<Value>(key: string, read: () => Value): Value {
    if (!this.#kept.has(key)) this.#kept.set(key, read());
    return this.#kept.get(key) as Value;
  }
}

const families: Readonly<Record<string, string>> = { q35: 'pc-q35', pc: 'pc-i440fx' };

/** `pc-q35` of `pc-q35-9.2` and of `q35`. */
function familyOf(machine: string): string {
  const family = machine.replace(/-(rhel)?[\d.]+$/, '');
  return families[family] ?? family;
}

function cpusOf({ cores }: HostNode): number[] {
  return cores.flatMap((core) => [...(parseCpuset(core) ?? [])]);
}
