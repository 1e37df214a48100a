/** The options of virsh itself, before its command. */
import type { ConnectionMarks } from '../connection.ts';

export function virshOptions({ readOnly }: Pick<ConnectionMarks, 'readOnly'>, uri: string): readonly string[] {
  return ['-q', ...(readOnly ? ['-r'] : []), '-c', uri];
}
