/** Libvirt: New VM… A few questions, and then a document to be read: nothing is made on any host. */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE } from '../../../server/src/domain/recognise.ts';
import type { Answers } from '../../../server/src/newDomain/answers.ts';
import { readDomainOffer } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { type Action, tell } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { draftFor } from './draft.ts';
import { noHost, type Offer } from './hostOffer.ts';
import { makeVolume } from './makeVolume.ts';
import { questions } from './questions.ts';
import { askSteps, choose } from './steps.ts';

/** @param given answers that another command or a test has already */
export async function newDomain(context: ClientContext, given?: Answers): Promise<vscode.Uri | undefined> {
  const offer = given ? noHost : await chooseOffer(context);
  if (!offer) return undefined;
  const answers = given ?? (await askSteps(title(), questions(offer), draftFor('linux-server', offer)));
  const written = answers && (await context.language.newDomain(answers));
  if (!written) return undefined;
  const document = await vscode.workspace.openTextDocument({ language: DOMAIN_LANGUAGE, content: written.text });
  if (offer.model) context.bindings.intend(document, offer.model.name);
  await vscode.window.showTextDocument(document);
  tellWhatNext(context, answers, offer, written.makeDisk);
  return document.uri;
}

const title = (): string => vscode.l10n.t('New VM');

/** A connected host is offered; without one nobody is asked. */
async function chooseOffer(context: ClientContext): Promise<Offer | undefined> {
  const connected = context.hosts.list().filter(({ status }) => status.state === 'connected');
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
  const read = await withProgress(vscode.l10n.t('Asking {0}', model.name), (signal) =>
    readDomainOffer(model.host, { signal }),
  );
  if (read.ok) return { ...read.value, model };
  report(context, read.error);
  return undefined;
}

function tellWhatNext(context: ClientContext, { name, disk }: Answers, offer: Offer, makeDisk: string | null): void {
  const { model, pools } = offer;
  const actions: Action[] = [];
  if (disk.kind === 'volume' && model) {
    const available = pools.find((pool) => pool.name === disk.pool)?.available;
    const run = async (): Promise<void> => {
      // Whatever was in the way can be cleared, and then it is made after all.
      if (!(await makeVolume(context, model.host, disk, available))) next();
    };
    actions.push({ title: vscode.l10n.t('Make the Volume…'), run });
  }
  if (makeDisk !== null) {
    const run = (): Thenable<void> => vscode.env.clipboard.writeText(makeDisk);
    actions.push({ title: vscode.l10n.t('Copy the Command for the Disk'), run });
  }
  const message =
    makeDisk === null
      ? vscode.l10n.t('{0} is only written down: read it, then define it.', name)
      : vscode.l10n.t('{0} is only written down: read it, make its disk, then define it.', name);
  const next = (): void => tell('information', message, ...actions);
  next();
}
