/** The pages of rules as files on this machine. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pageReader } from '../pages.ts';

export function pagesIn(folder: string): (page: string) => string | undefined {
  return pageReader((name) => readFileSync(path.join(folder, name), 'utf8'));
}
