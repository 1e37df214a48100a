/** Libvirt: New VM… A few questions, and then a document to be read: nothing is made on any host. */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE } from '../../../server/src/domain/recognise.ts';
import { GIBIBYTE } from '../../../server/src/domain/sizes.ts';
import type { Answers } from '../../../server/src/newDomain/answers.ts';
import { type Host, storage } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { type Action, confirm, mention, tell } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { draftFor } from './draft.ts';
import { noHost, type Offer, readOffer } from './hostOffer.ts';
import { questions } from './questions.ts';
import { askSteps, choose } from './steps.ts';

/** @param given answers that another command or a test has already */
export async function newDomain(context: ClientContext, given?: Answers): Promise<vscode.Uri | undefined> {
  const offer = given ? noHost : await chooseOffer(context);
  if (!offer) return undefined;
  const answers = given ?? (await askSteps(title(), questions(offer), draftFor('linux-server', offer.takenNames)));
  const written = answers && (await context.language.newDomain(answers));
  if (!written) return undefined;
  const document = await vscode.workspace.openTextDocument({ language: DOMAIN_LANGUAGE, content: written.text });
  await vscode.window.showTextDocument(document);
  tellWhatNext(context, answers, offer, written.makeDisk);
  return document.uri;
}

const title = (): string => vscode.l10n.t('New VM');

/** A connected host is offered; without one nobody is asked. */
async function chooseOffer({ hosts }: ClientContext): Promise<Offer | undefined> {
  const connected = hosts.list().filter(({ status }) => status.state === 'connected');
  if (connected.length === 0) return noHost;
  const reply = await choose({ title: title(), canGoBack: false }, vscode.l10n.t('On which host shall it run?'), [
    ...connected.map((model) => ({ label: model.name, iconPath: new vscode.ThemeIcon('server'), value: model })),
    {
      label: vscode.l10n.t('Not decided'),
      description: vscode.l10n.t('the usual names are proposed'),
      value: undefined,
    },
  ]);
  if (reply === undefined || reply === 'back') return undefined;
  const model = reply.value;
  if (!model) return noHost;
  return withProgress(vscode.l10n.t('Asking {0}', model.name), (signal) => readOffer(model, signal));
}

function tellWhatNext(
  context: ClientContext,
  { name, disk }: Answers,
  { model }: Offer,
  makeDisk: string | null,
): void {
  const actions: Action[] = [];
  if (disk.kind === 'volume' && model)
    actions.push({ title: vscode.l10n.t('Make the Volume…'), run: () => makeVolume(context, model.host, disk) });
  if (makeDisk !== null) {
    const run = (): Thenable<void> => vscode.env.clipboard.writeText(makeDisk);
    actions.push({ title: vscode.l10n.t('Copy the Command for the Disk'), run });
  }
  const message =
    makeDisk === null
      ? vscode.l10n.t('{0} is only written down: read it, then define it.', name)
      : vscode.l10n.t('{0} is only written down: read it, make its disk, then define it.', name);
  tell('information', message, ...actions);
}

type VolumeDisk = Extract<Answers['disk'], { kind: 'volume' }>;

async function makeVolume(
  context: ClientContext,
  host: Host,
  { pool, volume, format, gibibytes }: VolumeDisk,
): Promise<void> {
  const where = host.connection.name;
  const question = vscode.l10n.t(
    'Make the volume {0} of {1} GiB in the pool {2} of {3}?',
    volume,
    gibibytes,
    pool,
    where,
  );
  if (!(await confirm(question, vscode.l10n.t('Make')))) return;
  const command = storage.createVolume(pool, volume, gibibytes * GIBIBYTE, format);
  const made = await withProgress(question, (signal) => host.run(command, { signal }));
  if (made.ok) mention(vscode.l10n.t('{0} is in the pool {1} of {2}.', volume, pool, where));
  else report(context, made.error);
}
