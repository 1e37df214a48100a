/** What a cloning has left on hosts that could not be reached any more, as Markdown. */
import { say } from '../../../../server/src/l10n/say.ts';
import type { Leftover } from '../../../../virsh/src/index.ts';
import { code, escaped, table } from '../../documents/markdown.ts';

/** In the order in which it has to be removed. */
export function cloneLeftPage(source: string, left: readonly Leftover[]): string {
  const rows = left.map(({ what, host, reason }) => [escaped(what), code(host), escaped(reason)]);
  const commands = left.map(({ command }) => `    ${command}`).join('\n');
  const parts = [
    say`# Left by cloning ${code(source)}`,
    say`This was made for the clone and could not be removed. Nothing else was changed.`,
    table([say`what`, say`host`, say`why it is still there`], rows),
    say`When the host answers again, these commands remove it, in this order:`,
    commands,
  ];
  return `${parts.join('\n\n')}\n`;
}
