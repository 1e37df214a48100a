/** The door for terminals and CI: `virtlint check`, `fix`, `explain`, `rules` and `host-facts`. */
import { writeSync } from 'node:fs';
import { check, EXIT } from './node/cli/check.ts';
import { explain } from './node/cli/explain.ts';
import { fix } from './node/cli/fix.ts';
import { printHostFacts } from './node/cli/hostFacts.ts';
import { openProjectSettings } from './node/cli/projectSettings.ts';
import { reportIn } from './node/cli/report/formats.ts';
import { type Request, readRequest } from './node/cli/request.ts';
import { rules } from './node/cli/rules.ts';
import { HELP } from './node/cli/usage.ts';
import { openHostFacts } from './node/hostFactsFiles.ts';
import { pagesIn } from './node/pages.ts';
import { VERSION } from './version.ts';

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

function run(request: Request): number | Promise<number> {
  const readPage = pagesIn(__dirname);
  switch (request.kind) {
    case 'problem':
      return usage(request.problem);
    case 'version':
      streams.out(`${VERSION}\n`);
      return EXIT.clean;
    case 'help':
      streams.out(String(HELP));
      return EXIT.clean;
    case 'explain':
      return explain(request.names, readPage, streams, usage);
    case 'rules':
      return rules({ ...request, readPage }, streams);
    case 'host-facts':
      return printHostFacts(request, streams);
    case 'check':
    case 'fix': {
      const settings = openProjectSettings(request.projectFile, request.own);
      if (typeof settings === 'string') return usage(settings);
      const { hosts, problems } = openHostFacts(request.hosts);
      const [problem] = problems;
      if (problem !== undefined) return usage(problem);
      if (request.kind === 'fix') return fix(request.names, settings, { ...request, hosts }, streams);
      const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
      const report = reportIn(request.format, { coloured, readPage });
      return check(request.names, settings, { ...request, hosts, report }, streams);
    }
  }
}

void Promise.resolve(run(readRequest(process.argv.slice(2)))).then((status) => {
  process.exitCode = status;
});
