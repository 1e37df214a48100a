/** Where the disk of a new VM lies, and how large it becomes. */
import * as vscode from 'vscode';
import type { Answers, Disk } from '../../../server/src/newDomain/answers.ts';
import { draftFor, IMAGES, readMebibytes } from './draft.ts';
import type { Offer } from './hostOffer.ts';
import { type Choice, choose, type Reply, type Step, type, type Where } from './steps.ts';

type Place = { readonly kind: 'pool'; readonly name: string } | { readonly kind: 'file' | 'path' | 'block' };

export function diskPlace({ pools }: Offer): Step<Answers> {
  return {
    ask: async (draft, where) => {
      const items: readonly Choice<Place>[] = [
        ...pools.map((name) => ({
          label: vscode.l10n.t('New volume in the pool {0}', name),
          description: `${draft.name}.qcow2`,
          value: { kind: 'pool', name } as const,
        })),
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
      return { value: { ...image, kind: 'volume', pool: place.name, volume: `${draft.name}.qcow2` } };
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
  const { disk } = draftFor(purpose, new Set());
  return disk.kind === 'block' ? 20 : disk.gibibytes;
}

export const diskSize: Step<Answers> = {
  isAsked: ({ disk }) => disk.kind !== 'block',
  ask: async (draft, where) => {
    const { disk } = draft;
    if (disk.kind === 'block') return { value: draft };
    const gibibytes = (typed: string): number | undefined => {
      const mebibytes = readMebibytes(typed) ?? 0;
      return mebibytes > 0 && mebibytes % 1024 === 0 ? mebibytes / 1024 : undefined;
    };
    const problem = (typed: string): string | undefined =>
      gibibytes(typed) === undefined ? vscode.l10n.t('A size in whole GiB, such as 20 GiB.') : undefined;
    const prompt = vscode.l10n.t('Size of the disk');
    const reply = await type(where, { prompt, value: `${disk.gibibytes} GiB`, problem });
    if (reply === undefined || reply === 'back') return reply;
    return { value: { ...draft, disk: { ...disk, gibibytes: gibibytes(reply.value) ?? disk.gibibytes } } };
  },
};
