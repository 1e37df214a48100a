/** Where the disk of a new VM lies, and how large it becomes. */
import * as vscode from 'vscode';
import { GIBIBYTE, roundedSize } from '../../../server/src/domain/sizes.ts';
import type { Answers, Disk } from '../../../server/src/newDomain/answers.ts';
import type { VolumePool } from '../../../virsh/src/index.ts';
import { withoutIcons } from '../notify.ts';
import { draftFor, freeName, IMAGES, readMebibytes } from './draft.ts';
import { noHost, type Offer } from './hostOffer.ts';
import { type Choice, choose, type Reply, type Step, type, type Where } from './steps.ts';

type Place =
  | { readonly kind: 'pool'; readonly pool: VolumePool; readonly volume: string }
  | { readonly kind: 'file' | 'path' | 'block' };

export function diskPlace({ pools }: Offer): Step<Answers> {
  return {
    ask: async (draft, where) => {
      const items: readonly Choice<Place>[] = [
        ...pools.map((pool) => {
          const volume = volumeFor(draft, pool);
          const free = pool.available === undefined ? [] : [vscode.l10n.t('{0} free', roundedSize(pool.available))];
          return {
            label: withoutIcons(vscode.l10n.t('New volume in the pool {0}', pool.name)),
            description: [volume, ...free].join(', '),
            value: { kind: 'pool', pool, volume } as const,
          };
        }),
        {
          label: vscode.l10n.t('Image file'),
          description: `${IMAGES}/${draft.name}.qcow2`,
          value: { kind: 'file' },
        },
        { label: vscode.l10n.t('Image file at another path…'), value: { kind: 'path' } },
        {
          label: vscode.l10n.t('Block device of the host…'),
          description: vscode.l10n.t('a logical volume or partition'),
          value: { kind: 'block' },
        },
      ];
      const reply = await choose(where, vscode.l10n.t('Where is its disk?'), items);
      if (reply === undefined || reply === 'back') return reply;
      const disk = await placed(reply.value, draft, where);
      return disk === undefined || disk === 'back' ? disk : { value: { ...draft, disk: disk.value } };
    },
  };
}

async function placed(place: Place, draft: Answers, where: Where): Promise<Reply<Disk>> {
  const gibibytes = draft.disk.kind === 'block' ? proposedGibibytes(draft) : draft.disk.gibibytes;
  const image = { format: 'qcow2', gibibytes } as const;
  switch (place.kind) {
    case 'pool':
      return {
        value: { kind: 'volume', pool: place.pool.name, volume: place.volume, format: place.pool.format, gibibytes },
      };
    case 'file':
      return { value: { ...image, kind: 'file', path: `${IMAGES}/${draft.name}.qcow2` } };
    case 'path':
      return typedPath(
        where,
        vscode.l10n.t('Path of the image on the host; .raw and .img are raw images'),
        `${IMAGES}/${draft.name}.qcow2`,
        (path) => ({
          kind: 'file',
          path,
          format: /\.(raw|img)$/.test(path) ? 'raw' : 'qcow2',
          gibibytes,
        }),
      );
    case 'block':
      return typedPath(where, vscode.l10n.t('Path of the device on the host'), `/dev/vg0/${draft.name}`, (path) => ({
        kind: 'block',
        path,
      }));
  }
}

/** Called after the VM, and like no other volume. */
function volumeFor({ name }: Answers, { format, volumes }: VolumePool): string {
  return freeName(name, new Set(volumes.map((one) => one.name)), format === 'qcow2' ? '.qcow2' : '');
}

async function typedPath(
  where: Where,
  prompt: string,
  value: string,
  disk: (path: string) => Disk,
): Promise<Reply<Disk>> {
  const problem = (typed: string): string | undefined =>
    /^\/.*[^/]$/.test(typed) ? undefined : vscode.l10n.t('An absolute path: it begins with "/".');
  const reply = await type(where, { prompt, value, problem });
  return reply === undefined || reply === 'back' ? reply : { value: disk(reply.value) };
}

function proposedGibibytes({ purpose }: Answers): number {
  const { disk } = draftFor(purpose, noHost);
  return disk.kind === 'block' ? 20 : disk.gibibytes;
}

export function diskSize({ pools }: Offer): Step<Answers> {
  return {
    isAsked: ({ disk }) => disk.kind !== 'block',
    ask: async (draft, where) => {
      const { disk } = draft;
      if (disk.kind === 'block') return { value: draft };
      const free = takenAtOnce(disk, pools);
      const problem = (typed: string): string | undefined => {
        const gibibytes = readGibibytes(typed);
        if (gibibytes === undefined) return vscode.l10n.t('A size in whole GiB, such as 20 GiB.');
        if (gibibytes * GIBIBYTE <= free) return undefined;
        return vscode.l10n.t(
          'The pool has {0} free, and a raw volume takes all of its size at once.',
          roundedSize(free),
        );
      };
      const prompt = vscode.l10n.t('Size of the disk');
      const reply = await type(where, { prompt, value: `${disk.gibibytes} GiB`, problem });
      if (reply === undefined || reply === 'back') return reply;
      return { value: { ...draft, disk: { ...disk, gibibytes: readGibibytes(reply.value) ?? disk.gibibytes } } };
    },
  };
}

function readGibibytes(typed: string): number | undefined {
  const mebibytes = readMebibytes(typed) ?? 0;
  return mebibytes > 0 && mebibytes % 1024 === 0 ? mebibytes / 1024 : undefined;
}

/** The bytes that a volume may have that is allocated when it is made; images grow later. */
function takenAtOnce(disk: Disk, pools: readonly VolumePool[]): number {
  if (disk.kind !== 'volume' || disk.format !== 'raw') return Number.POSITIVE_INFINITY;
  return pools.find(({ name }) => name === disk.pool)?.available ?? Number.POSITIVE_INFINITY;
}
