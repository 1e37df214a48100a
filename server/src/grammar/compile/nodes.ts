/** The growing table: equal patterns get one number, and what can never match falls away at once. */
import type { NameClass, TableNode } from '../table.ts';

export class Nodes {
  readonly list: TableNode[] = [];
  readonly #numbers = new Map<string, number>();
  readonly empty = this.add(['empty']);
  readonly notAllowed = this.add(['notAllowed']);
  readonly text = this.add(['text']);

  add(node: TableNode): number {
    const key = JSON.stringify(node);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.push(node) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** Keeps the written order: suggestions come in it. */
  choice(members: readonly number[]): number {
    const kept = new Set<number>();
    for (const member of members)
      for (const one of this.#flat('choice', member)) if (one !== this.notAllowed) kept.add(one);
    if ([...kept].some((one) => one !== this.empty && this.#nullable(one))) kept.delete(this.empty);
    const [only, ...more] = kept;
    if (only === undefined) return this.notAllowed;
    return more.length ? this.add(['choice', [...kept]]) : only;
  }

  sequence(kind: 'group' | 'interleave', members: readonly number[]): number {
    const kept = members.flatMap((member) => this.#flat(kind, member)).filter((one) => one !== this.empty);
    if (kept.includes(this.notAllowed)) return this.notAllowed;
    const [only, ...more] = kept;
    if (only === undefined) return this.empty;
    return more.length ? this.add([kind, kept]) : only;
  }

  oneOrMore(member: number): number {
    if (member === this.empty || member === this.notAllowed || this.list[member]?.[0] === 'oneOrMore') return member;
    return this.add(['oneOrMore', member]);
  }

  attribute(name: NameClass, content: number): number {
    return content === this.notAllowed ? this.notAllowed : this.add(['attribute', name, content]);
  }

  #flat(kind: 'choice' | 'group' | 'interleave', number: number): readonly number[] {
    const node = this.list[number];
    return node?.[0] === kind ? (node[1] as readonly number[]) : [number];
  }

  #nullable(number: number): boolean {
    const node = this.list[number];
    switch (node?.[0]) {
      case 'empty':
      case 'text':
        return true;
      case 'choice':
        return node[1].some((member) => this.#nullable(member));
      case 'interleave':
      case 'group':
        return node[1].every((member) => this.#nullable(member));
      case 'oneOrMore':
        return this.#nullable(node[1]);
      default:
        return false;
    }
  }
}
