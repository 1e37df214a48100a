/** The commands on a VM's life, and those that look into it. */
import type { ClientContext } from '../../context.ts';
import { executing } from '../executing.ts';
import type { Target } from '../target.ts';
import { changeDevice } from './changeDevice.ts';
import { changeLife } from './changeLife.ts';
import type { GivenAnswers } from './confirmDeed.ts';
import { lifecycleCommands } from './lifecycleWords.ts';
import { openConsole } from './openConsole.ts';
import { openScreen, openScreenshot, openStats } from './openScreen.ts';
import { renameDomain } from './renameDomain.ts';
import { shutDownDomain } from './shutDownDomain.ts';
import { undefineDomain } from './undefineDomain.ts';

export function registerLifecycleCommands(context: ClientContext): void {
  for (const [id, words] of Object.entries(lifecycleCommands)) {
    executing(context, id, (its, target: (Target & GivenAnswers) | undefined, selected: unknown) =>
      changeLife(its, words, target, selected),
    );
  }
  executing(context, 'libvirt.shutDownDomain', shutDownDomain);
  executing(context, 'libvirt.renameDomain', renameDomain);
  executing(context, 'libvirt.undefineDomain', undefineDomain);
  for (const action of ['attach', 'detach', 'update'] as const)
    executing(context, `libvirt.${action}Device`, (its, given: unknown) => changeDevice(its, action, given));
  executing(context, 'libvirt.openConsole', openConsole);
  executing(context, 'libvirt.openScreen', openScreen);
  executing(context, 'libvirt.openScreenshot', openScreenshot);
  executing(context, 'libvirt.openStats', openStats);
}
