/** The page behind "Show Details". */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { failurePage } from '../../../client/src/failurePage.ts';

it('the details of a failure have the sentence, the command, its exit status and the text that was printed', () => {
  const failure = {
    kind: 'in-use',
    message: 'Port 5999 of lab is taken.',
    commandLine: 'virsh start --domain=vm',
    exitCode: 1,
    stderr: "error: Failed to start domain 'vm'\nerror: internal error: Failed to reserve port 5999\n\n",
  } as const;
  assert.equal(
    failurePage(failure),
    `Port 5999 of lab is taken.

The command, which ended with 1:

virsh start --domain=vm

What it printed, without passwords:

error: Failed to start domain 'vm'
error: internal error: Failed to reserve port 5999
`,
  );
  assert.match(failurePage({ ...failure, exitCode: null, stderr: ' \n' }), /without an exit status:\n\nvirsh .*vm\n$/);
  assert.equal(failurePage({ ...failure, commandLine: '', stderr: '' }), 'Port 5999 of lab is taken.\n');
});
