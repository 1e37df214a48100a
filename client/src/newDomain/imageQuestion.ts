/** What a new VM is installed from: an image of one of the host's pools, or one at a path that is typed. */
import * as vscode from 'vscode';
import type { Answers } from '../../../server/src/newDomain/answers.ts';
import { withoutIcons } from '../notify.ts';
import type { Offer } from './hostOffer.ts';
import { type Choice, choose, type Reply, type Step, then, type, type Where } from './steps.ts';

const AT_A_PATH = Symbol();

export function image({ pools }: Offer): Step<Answers> {
  const known = pools.flatMap(({ name, volumes }) =>
    volumes
      .filter((volume) => volume.path.startsWith('/') && /\.iso$/i.test(volume.name))
      .map((volume) => ({ ...volume, pool: name })),
  );
  const items: readonly Choice<string | undefined | typeof AT_A_PATH>[] = [
    { label: vscode.l10n.t('Nothing'), description: vscode.l10n.t('the disk has a system already'), value: undefined },
    ...known.map(({ name, path, pool }) => ({
      label: withoutIcons(name),
      description: vscode.l10n.t('in the pool {0}', pool),
      value: path,
    })),
    { label: vscode.l10n.t('An ISO image at another path…'), value: AT_A_PATH },
  ];
  return {
    ask: async (draft, where) => {
      if (known.length === 0) return typedImage(draft, where);
      const reply = await choose(where, vscode.l10n.t('What is it installed from?'), items);
      if (reply === undefined || reply === 'back') return reply;
      const { value } = reply;
      return value === AT_A_PATH ? typedImage(draft, where) : { value: { ...draft, iso: value } };
    },
  };
}

async function typedImage(draft: Answers, where: Where): Promise<Reply<Answers>> {
  const prompt = vscode.l10n.t('Path, on the host, of the ISO image to install from; nothing for none');
  const problem = (typed: string): string | undefined =>
    typed === '' || typed.startsWith('/') ? undefined : vscode.l10n.t('An absolute path: it begins with "/".');
  const reply = await type(where, { prompt, value: draft.iso ?? '', problem });
  return then(reply, (typed) => ({ ...draft, iso: typed === '' ? undefined : typed }));
}
