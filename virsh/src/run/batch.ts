/**
 * Several reading commands in one virsh: one start of a program, one connection, one round trip of ours, however many there are. virsh itself
 * splits the line that it is given; a marker of random digits after each command says what belongs to which, whatever names are printed.
 */
import { randomUUID } from 'node:crypto';
import { readCommand, UnexpectedOutput, type VirshCommand } from '../command.ts';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { quoteAllForShell } from './quote.ts';
import type { Runner, RunOptions } from './runner.ts';

interface Part {
  readonly command: VirshCommand<unknown>;
  /** Reads the command's part of what virsh printed. */
  readonly answer: (output: string, errorOutput: string) => void;
  readonly fail: (error: VirshFailure) => void;
  /** Gives the command alone. */
  readonly sendAlone: (options: RunOptions) => Promise<void>;
}

interface Printed {
  readonly output: string;
  readonly errorOutput: string;
}

/** An older virsh does not know a command or an option, and then runs nothing of the line. */
const syntaxError = /^error: (unknown command|command '.*' (doesn't support|requires)|unexpected data|missing ")/m;

/** Commands that are given together: `add` each, then `send`. The answers come when all have come. */
export class Batch {
  readonly #runner: Runner;
  readonly #parts: Part[] = [];

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** Takes a reading command without a document. One that fails keeps no other from its answer. */
  add<T>(command: VirshCommand<T>): Promise<Result<T, VirshFailure>> {
    if (command.lane !== 'read' || command.document) throw new RangeError(`${command.args[0]} is not for a batch`);
    const runner = this.#runner;
    return new Promise((resolve) => {
      this.#parts.push({
        command,
        answer: (output, errorOutput) => resolve(readPart(runner, command, output, errorOutput)),
        fail: (error) => resolve(failure(error)),
        sendAlone: async (options) => resolve(await runner.run(command, options)),
      });
    });
  }

  async send(options: RunOptions = {}): Promise<void> {
    const parts = this.#parts.splice(0);
    const [first, ...others] = parts;
    if (first && others.length === 0) return first.sendAlone(options);
    if (!first) return;
    const printed = await this.#runner.run(joined(parts.map(({ command }) => command)), options);
    if (printed.ok) {
      for (const [index, part] of parts.entries()) {
        const { output = '', errorOutput = '' } = printed.value[index] ?? {};
        part.answer(output, errorOutput);
      }
    } else if (syntaxError.test(printed.error.stderr)) {
      await Promise.all(parts.map((part) => part.sendAlone(options)));
    } else for (const part of parts) part.fail(printed.error);
  }
}

/** One command out of many; what each of them printed. */
export function joined(commands: readonly VirshCommand<unknown>[]): VirshCommand<readonly Printed[]> {
  const marker = randomUUID();
  const words = commands.map(
    ({ args }) => `${args.map(quoteForVirsh).join(' ')}; echo ${marker}; echo --err ${marker}`,
  );
  const line = `echo --err ${marker}; ${words.join('; ')}`;
  const command = readCommand([line], (output, errorOutput = '') => {
    // Told to be quiet, virsh ends what echo prints with no line break.
    const outputs = output.split(marker);
    // Before the first command ssh may have warned.
    const [, ...errors] = errorOutput.split(new RegExp(`error: ${marker}\\r?\\n`));
    if (outputs.length <= commands.length || errors.length <= commands.length)
      throw new UnexpectedOutput('not every command has answered');
    return commands.map((_, index) => ({ output: outputs[index] ?? '', errorOutput: errors[index] ?? '' }));
  });
  return { ...command, timeoutMilliseconds: Math.max(...commands.map((one) => one.timeoutMilliseconds)) };
}

/** One word for virsh's own reader of lines: inside single quotes everything stands for itself, and a quote stands outside, escaped. */
export function quoteForVirsh(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** virsh gives no exit code for one of several commands; what fails says `error:`. */
function readPart<T>(
  { connection }: Runner,
  { args, parse, timeoutMilliseconds }: VirshCommand<T>,
  output: string,
  errorOutput: string,
): Result<T, VirshFailure> {
  const commandLine = `virsh ${quoteAllForShell(args)}`;
  if (/^error: /m.test(errorOutput)) {
    const run = { end: 'exited', exitCode: 1, stderr: errorOutput, commandLine, timeoutMilliseconds } as const;
    return failure(explainFailure({ ...run, connection: connection.name }));
  }
  try {
    return success(parse(output, errorOutput));
  } catch (error) {
    if (!(error instanceof UnexpectedOutput)) throw error;
    const message = `virsh on ${connection.name} printed something unexpected (${error.message}).`;
    return failure({ kind: 'unexpected-output', message, commandLine, exitCode: 0, stderr: errorOutput });
  }
}
