/** The door for terminals and CI: `virtlint check` and `virtlint explain`. */
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isRelease } from './grammar/release.ts';
import { check, EXIT } from './node/cli/check.ts';
import { explain } from './node/cli/explain.ts';
import { VERSION } from './node/version.ts';

const HELP = `virtlint ${VERSION}: checks libvirt's XML

usage: virtlint check [--format pretty|json] [--max-warnings N] [--target RELEASE] FILE|FOLDER|- ...
       virtlint explain RULE
       virtlint --version | --help

A folder stands for libvirt's documents among its *.xml files; - is standard input.
With --target, for example --target 9.0, what that libvirt release does not know yet is a warning.
exit status: 0 clean, 1 findings of severity error or too many warnings, 2 bad usage or input that cannot be read
`;

/** Writes all of it before it returns: the process may end right after. */
function write(stream: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(stream, rest));
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
      if (code === 'EPIPE') process.exit(EXIT.clean);
      if (code !== 'EAGAIN') throw fault;
    }
  }
}

const streams = { out: (text: string) => write(1, text), err: (text: string) => write(2, text) };

function usage(problem: string): number {
  streams.err(`virtlint: ${problem}\n\n${HELP}`);
  return EXIT.usage;
}

function run(args: string[]): number {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (fault) {
    return usage(fault instanceof Error ? fault.message : String(fault));
  }
  const { values, positionals } = parsed;
  const [command, ...names] = positionals;
  if (values.version) {
    streams.out(`${VERSION}\n`);
    return EXIT.clean;
  }
  if (values.help) {
    streams.out(HELP);
    return EXIT.clean;
  }
  if (command === 'explain') return explain(names, __dirname, streams, usage);
  if (command !== 'check') return usage(command === undefined ? 'no command' : `there is no command '${command}'`);
  if (names.length === 0) return usage('check needs a file, a folder or -');
  const { format } = values;
  if (format !== 'pretty' && format !== 'json')
    return usage(`there is no format '${format}'; there are pretty and json`);
  const given = values['max-warnings'];
  if (given !== undefined && !/^\d+$/.test(given)) return usage(`--max-warnings takes a number, not '${given}'`);
  const { target } = values;
  if (target !== undefined && !isRelease(target))
    return usage(`--target takes a libvirt release such as 9.0, not '${target}'`);
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const maxWarnings = given === undefined ? undefined : Number(given);
  return check(names, { format, maxWarnings, target, coloured }, streams);
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'pretty' },
      'max-warnings': { type: 'string' },
      target: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

process.exitCode = run(process.argv.slice(2));
