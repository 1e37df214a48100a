/** The text nearest to a given one that an expression takes: a shortest path through its automaton, edits being steps. */
import { type CharacterClass, type Expression, oneOf, parseExpression, takes } from './expression.ts';

interface State {
  readonly steps: { readonly taking: CharacterClass; readonly to: number }[];
  readonly free: number[];
}

/** States above which an expression is left alone. */
const mostStates = 4000;
/** What a step costs that changes the text: less where only the case changes. */
const edit = 2;
const caseEdit = 1;
/** Longer values are not mended. */
const longest = 200;

const automata = new Map<string, State[] | null>();

/** Null where nothing is found. For the empty text: the shortest that fits. */
export function nearestMatch(source: string, text: string): string | null {
  if (text.length > longest) return null;
  let states = automata.get(source);
  if (states === undefined) {
    const expression = parseExpression(source);
    states = expression && build(expression);
    automata.set(source, states);
  }
  return states && search(states, text);
}

/** State 0 is the first, state 1 the last. */
function build(expression: Expression): State[] | null {
  const states: State[] = [];
  const add = () => states.push({ steps: [], free: [] }) - 1;
  const join = (from: number, to: number) => states[from]?.free.push(to);
  const first = add();
  const last = add();
  const connect = (at: Expression, from: number, to: number): void => {
    if (states.length > mostStates) return;
    switch (at.kind) {
      case 'characters':
        states[from]?.steps.push({ taking: at, to });
        break;
      case 'choice':
        for (const member of at.members) connect(member, from, to);
        break;
      case 'sequence': {
        let here = from;
        for (const member of at.members) {
          const next = add();
          connect(member, here, next);
          here = next;
        }
        join(here, to);
        break;
      }
      case 'repeat': {
        let here = from;
        for (let count = 0; count < at.least; count++) {
          const next = add();
          connect(at.member, here, next);
          here = next;
        }
        if (at.most === Number.POSITIVE_INFINITY) {
          const loop = add();
          join(here, loop);
          const after = add();
          connect(at.member, loop, after);
          join(after, loop);
          join(loop, to);
          break;
        }
        for (let count = at.least; count < at.most; count++) {
          join(here, to);
          const next = add();
          connect(at.member, here, next);
          here = next;
        }
        join(here, to);
      }
    }
  };
  connect(expression, first, last);
  return states.length > mostStates ? null : states;
}

interface Reached {
  readonly from: Reached | null;
  readonly state: number;
  /** Characters of the text that are used up. */
  readonly used: number;
  readonly written: string;
}

/** Dijkstra with whole costs: one bucket a cost. */
function search(states: readonly State[], text: string): string | null {
  const width = text.length + 1;
  const done = new Uint8Array(states.length * width);
  const buckets: Reached[][] = [[{ from: null, state: 0, used: 0, written: '' }]];
  const reach = (cost: number, from: Reached, state: number, used: number, written: string) => {
    if (done[state * width + used]) return;
    const bucket = buckets[cost] ?? [];
    buckets[cost] = bucket;
    bucket.push({ from, state, used, written });
  };
  for (let cost = 0; cost < buckets.length; cost++) {
    const bucket = buckets[cost];
    // The bucket grows while it is emptied.
    for (let index = 0; bucket && index < bucket.length; index++) {
      const at = bucket[index];
      if (!at || done[at.state * width + at.used]) continue;
      done[at.state * width + at.used] = 1;
      if (at.state === 1 && at.used === text.length) return writtenBy(at);
      const state = states[at.state];
      if (!state) continue;
      for (const to of state.free) reach(cost, at, to, at.used, '');
      const character = text[at.used];
      for (const { taking, to } of state.steps) {
        if (character !== undefined && takes(taking, character)) reach(cost, at, to, at.used + 1, character);
        else if (character !== undefined) {
          const other = oneOf(taking, character);
          const sameLetter = other.toLowerCase() === character.toLowerCase();
          reach(cost + (sameLetter ? caseEdit : edit), at, to, at.used + 1, other);
        }
        reach(cost + edit, at, to, at.used, oneOf(taking));
      }
      if (character !== undefined) reach(cost + edit, at, at.state, at.used + 1, '');
    }
  }
  return null;
}

function writtenBy(last: Reached): string {
  let written = '';
  for (let at: Reached | null = last; at; at = at.from) written = at.written + written;
  return written;
}
