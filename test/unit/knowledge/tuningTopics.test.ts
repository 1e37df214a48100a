/**
 * What tuning articles about KVM tell their readers stands in a card, with its figure, or corrected where it is dated or wrong.
 * Each card says when a change takes effect and where it knows that from.
 */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allCards, cardFor } from '../../../server/src/knowledge/cards.ts';

/** A topic, the cards that treat it, and what each must say. */
interface Topic {
  readonly topic: string;
  readonly cards: Readonly<Record<string, readonly RegExp[]>>;
}

const TOPICS: readonly Topic[] = [
  {
    topic: 'CPU modes: speed, migration, stability, compiled software',
    cards: {
      'domain/cpu/@mode': [
        /95\.84 %/,
        /94\.73 %.*default model/,
        /host-passthrough/,
        /host-model/,
        /maximum/,
        /2\.6\.32/,
      ],
      "domain/cpu/@mode='host-passthrough'": [/microcode/, /-march=native/],
      "domain/cpu/@mode='host-model'": [/each start/, /new to old does not/],
      "domain/cpu/@mode='custom'": [/Nehalem.*SSE4/, /hypervisor-cpu-baseline/, /spec-ctrl/],
      "domain/cpu/@mode='maximum'": [/emulation/],
      'domain/cpu/@migratable': [/invtsc/],
      'domain/cpu/model': [/directory/, /Xeon E5.*Haswell/],
    },
  },
  {
    topic: 'KSM',
    cards: {
      'domain/memoryBacking/nosharepages': [
        /0\.9 %/,
        /ksm\/run/,
        /read-only counters/,
        /side channel/,
        /merge_across_nodes/,
        /swap/,
      ],
    },
  },
  {
    topic: 'huge pages and transparent huge pages',
    cards: {
      'domain/memoryBacking/hugepages': [
        /Transparent huge pages need no XML/,
        /2048 pages of 2 MiB/,
        /nr_hugepages/,
        /allocpages/,
        /systemd mounts/,
        /`madvise` suffices/,
        /20 %/,
      ],
      'domain/memoryBacking/hugepages/page/@size': [/1 GiB/],
    },
  },
  {
    topic: 'disk cache',
    cards: {
      'domain/devices/disk/driver/@cache': [/writeback/, /directsync/, /unsafe/, /flush/, /no comment/, /migration/],
      "domain/devices/disk/driver/@cache='none'": [/O_DIRECT/, /default is writeback/],
      "domain/devices/disk/driver/@cache='writeback'": [/As safe as `none`/],
      "domain/devices/disk/driver/@cache='writethrough'": [/stable storage/],
    },
  },
  {
    topic: 'I/O schedulers of today',
    cards: {
      'domain/blkiotune': [/mq-deadline/, /bfq/, /kyber/, /Linux 5\.0/, /out of date/],
      'domain/devices/disk/iotune': [/whatever I\/O scheduler/],
    },
  },
  {
    topic: 'virtio for disks and network cards',
    cards: {
      'domain/devices/disk/target/@bus': [/virtio/, /lsilogic/, /knows that it is in a guest/],
      'domain/devices/interface/model/@type': [/rtl8139/, /without a message/],
    },
  },
  {
    topic: 'raw and qcow2',
    cards: {
      'domain/devices/disk/driver/@type': [/not "safer"/, /preallocation/, /Absent means \*\*raw\*\*/],
      "domain/devices/disk/driver/@type='raw'": [/sparse/],
      "domain/devices/disk/driver/@type='qcow2'": [/only above a backing file or snapshot/],
    },
  },
  {
    topic: 'vhost-net',
    cards: {
      'domain/devices/interface/driver/@name': [/2010/, /8 times/, /not needed/],
      'domain/devices/interface/driver/@txmode': [/Leave it out/],
      'domain/devices/interface/driver/@event_idx': [/Leave it out/],
      'domain/devices/interface/driver/@ioeventfd': [/Leave it out/],
    },
  },
  {
    topic: 'multiqueue',
    cards: {
      'domain/devices/interface/driver/@queues': [/One pair a vCPU/, /256/, /ethtool -l/],
    },
  },
  {
    topic: 'pinning within a core, a cache, a NUMA node',
    cards: {
      'domain/cputune/vcpupin': [/a core/, /level 3 cache/, /NUMA node/, /taskset/, /16 %/, /3 %/, /no fixed number/],
      'domain/cpu/topology': [/threads='2'/],
      'domain/cpu/numa/cell': [/9 %/],
      'domain/cputune/emulatorpin': [/vcpu\/@cpuset/],
    },
  },
  {
    topic: 'cloning',
    cards: {
      'domain/uuid': [
        /mac address/,
        /nvram/,
        /--inactive/,
        /`-o` is the source/,
        /inconsistent/,
        /virt-sysprep/,
        /back-tick/,
      ],
    },
  },
  {
    topic: 'logs of the daemon',
    cards: { 'domain/@type': [/virtqemud\.conf/, /four levels/, /no "fatal"/, /--listen/] },
  },
  {
    topic: 'stable names of network cards',
    cards: { 'domain/devices/interface/acpi/@index': [/net\.ifnames=0/, /eno1/] },
  },
];

describe('what tuning articles tell', () => {
  for (const { topic, cards } of TOPICS)
    test(topic, () => {
      for (const [path, words] of Object.entries(cards)) {
        const card = cardFor(path);
        assert.ok(card, `no card for ${path}`);
        for (const word of words) assert.match(card.markdown.replaceAll(/\s+/g, ' '), word, path);
        assert.ok(card.sources.length > 0, `${path} names no source`);
        assert.ok(tellsEffect(path), `${path} doesn't say when a change takes effect`);
      }
    });
});

/** A card of a value is shown beside that of its attribute, which says it. */
function tellsEffect(path: string): boolean {
  const [attribute = path] = path.split(/='[^']*'$/);
  return [path, attribute].some((one) => cardFor(one)?.markdown.includes('**Takes effect** '));
}

test('every card says when a change takes effect', () => {
  const silent = [...allCards().keys()].filter((path) => !tellsEffect(path));
  assert.deepEqual(silent, []);
});
