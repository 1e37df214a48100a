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

export interface Conflict {
  /** Lines of the two outer markers and the one between, counted from 0. */
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** The conflicts of a text, in order. Markers that do not belong together are none. */
export function findConflicts(text: string): readonly Conflict[] {
  const found: Conflict[] = [];
  let [start, middle] = [-1, -1];
  text.split('\n').forEach((line, index) => {
    if (line.startsWith('<<<<<<< ')) [start, middle] = [index, -1];
    else if (start >= 0 && /^={7}\r?$/.test(line)) middle = index;
    else if (middle > start && start >= 0 && line.startsWith('>>>>>>> ')) {
      found.push({ start, middle, end: index });
      [start, middle] = [-1, -1];
    }
  });
  return found;
}
