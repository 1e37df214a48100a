/** What `virsh capabilities` printed on a host, kept in a file by the user. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type HostLayout, readHostLayout } from '../domain/hostLayout.ts';
import { say } from '../l10n/say.ts';
import { parseXml } from '../xml/parse.ts';
import { userPath } from './userPath.ts';

/** @param given an absolute path, or one that begins with `~/` */
export function openHostLayout(
  given: string,
): { readonly ok: true; readonly layout: HostLayout } | { readonly ok: false; readonly problem: string } {
  const no = (why: string) => ({ ok: false, problem: `${given} ${why}` }) as const;
  const file = userPath(given);
  if (!path.isAbsolute(file)) return no(say`is no absolute path`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return no(say`cannot be read`);
  }
  const { root } = parseXml(text);
  const layout = root ? readHostLayout(root) : undefined;
  return layout ? { ok: true, layout } : no(say`tells no CPUs of a host: save there what 'virsh capabilities' prints`);
}
