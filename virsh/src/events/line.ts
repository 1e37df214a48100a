/** What `virsh event --timestamp` prints: one line an event, with further lines behind a tab. */

export interface DomainEvent {
  /** libvirt's name for the kind: `lifecycle`, `reboot`, `metadata-change`, … */
  readonly kind: string;
  /** The name of the domain. Events tell no UUID. */
  readonly domain: string;
  /** What happened, in virsh's words: `Started Booted`; empty where the kind says it all. */
  readonly detail: string;
  readonly time: Date;
}

const form = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\+0000: event '([^']+)' for domain '(.*)'(?:: ?(.*))?$/;

/** Undefined for a line that tells of no event: a continuation, or a notice. A name may contain anything but a line break. */
export function parseEventLine(line: string): DomainEvent | undefined {
  const [, date, time, kind, rest, detail = ''] = form.exec(line) ?? [];
  if (date === undefined || time === undefined || kind === undefined || rest === undefined) return undefined;
  return { kind, domain: rest, detail, time: new Date(`${date}T${time}Z`) };
}
