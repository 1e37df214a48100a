/** What a command works on when another command or a test names it; asked for where it is left out. */
export interface Target {
  /** Name of a connection. */
  readonly connection?: string;
  /** Name of a VM. */
  readonly domain?: string;
}
