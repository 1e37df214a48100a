/** What `virsh event` prints, taken apart. The lines are virsh's own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEventLine } from '../../../virsh/src/events/line.ts';
import { hasEvents } from '../../../virsh/src/events/watch.ts';
import { Random } from '../../support/random.ts';

describe('a line of virsh event', () => {
  const time = '2026-11-22 21:18:02.056+0000';

  it('tells the kind, the domain, what happened and when', () => {
    assert.deepEqual(parseEventLine(`${time}: event 'lifecycle' for domain 'e1': Started Booted`), {
      kind: 'lifecycle',
      domain: 'e1',
      detail: 'Started Booted',
      time: new Date('2026-11-22T21:18:02.056Z'),
    });
    assert.deepEqual(
      [
        `${time}: event 'reboot' for domain 'e1'`,
        `${time}: event 'metadata-change' for domain 'e1': type title, uri <null>`,
        `${time}: event 'job-completed' for domain 'e1':`,
      ].map((line) => {
        const { kind, domain, detail } = parseEventLine(line) ?? assert.fail(line);
        return [kind, domain, detail];
      }),
      [
        ['reboot', 'e1', ''],
        ['metadata-change', 'e1', 'type title, uri <null>'],
        ['job-completed', 'e1', ''],
      ],
    );
  });

  it('is nothing where it is a continuation or a notice', () => {
    for (const line of ['', 'ready', '\toperation: 5', 'event loop interrupted', 'events received: 3'])
      assert.equal(parseEventLine(line), undefined);
  });

  it('gives back names of any characters', () => {
    const random = new Random(5);
    const pieces = [
      "'",
      "':",
      ' ',
      '": ',
      'event',
      "for domain '",
      'ä',
      '☃',
      '-',
      ';',
      '$(x)',
      '\\',
      '<b>',
      '\t',
    ] as const;
    for (let round = 0; round < 2000; round += 1) {
      const name = Array.from({ length: 1 + random.below(6) }, () => random.pick(pieces)).join('');
      const event = parseEventLine(`${time}: event 'lifecycle' for domain '${name}': Stopped Destroyed`);
      assert.deepEqual([event?.domain, event?.detail], [name, 'Stopped Destroyed']);
    }
  });
});

it('drivers inside one process have no events for others', () => {
  assert.deepEqual(
    ['qemu:///system', 'qemu+ssh://h/system', 'test+unix:///default', 'test:///default', 'qemu:///embed?root=/x'].map(
      hasEvents,
    ),
    [true, true, true, false, false],
  );
});
