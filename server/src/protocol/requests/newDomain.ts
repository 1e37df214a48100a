/** `virtlint/newDomain`: the answers of somebody who wants a new VM → its document, and the command that makes its disk. */
import { readAnswers } from '../../newDomain/answers.ts';
import { makeCommand } from '../../newDomain/disks.ts';
import { newDomain } from '../../newDomain/newDomain.ts';
import { guarded } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

interface Written {
  readonly text: string;
  /** For a shell on the host; null for a disk that is there already. */
  readonly makeDisk: string | null;
}

export const newDomains: RequestGroup = {
  capabilities: () => ({}),

  listen({ connection, log }) {
    connection.onRequest(
      'virtlint/newDomain',
      guarded(log, 'newDomain', null, (given: unknown): Written | null => {
        const answers = readAnswers(given);
        if (!answers) return null;
        const { disk } = answers;
        return { text: newDomain(answers), makeDisk: disk.kind === 'block' ? null : makeCommand(disk) };
      }),
    );
  },
};
