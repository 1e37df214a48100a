/** Conflicts in a text, marked as git marks them: editors know the form and offer to take one side. */

export interface Sides {
  /** What a marker calls the text that is being edited: `yours`. */
  readonly ours: string;
  /** What it calls the other one: `on lab`. */
  readonly theirs: string;
}

/** The lines of one conflict, from marker to marker. */
export function conflictLines(ours: readonly string[], theirs: readonly string[], sides: Sides): readonly string[] {
  return [`<<<<<<< ${sides.ours}`, ...ours, '=======', ...theirs, `>>>>>>> ${sides.theirs}`];
}

/** Whether conflicts are left in a text: such a text is no definition. */
export function hasConflicts(text: string): boolean {
  return /^(<{7}|>{7}) /m.test(text) && /^={7}\r?$/m.test(text);
}
