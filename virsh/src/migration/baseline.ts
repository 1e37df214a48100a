/** The CPU that a guest can have on every one of several hosts. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
import { baselineCpu } from '../commands/cpu.ts';
import { type DomainCapabilitiesQuery, domainCapabilities } from '../commands/host.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { failure, type Result } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';

/** What of a definition decides which CPUs there are; the machine type does not, and need not be known to every host. */
export function baselineQuery(xml: string): DomainCapabilitiesQuery {
  const { root } = parseXml(xml);
  const virtType = root ? attributeValue(root, 'type') : undefined;
  const arch = root ? attributeValue(child(root, 'os', 'type'), 'arch') : undefined;
  return { ...(virtType ? { virtType } : {}), ...(arch ? { arch } : {}) };
}

/** The `<cpu>` that all of the hosts can give, computed by the first from what each would make of `host-model`. */
export async function readBaseline(
  [first, ...others]: readonly [Host, ...Host[]],
  query: DomainCapabilitiesQuery,
  options: RunOptions = {},
): Promise<Result<string, VirshFailure>> {
  const hosts = [first, ...others];
  const answers = await Promise.all(hosts.map((host) => host.recall(domainCapabilities(query), options)));
  const documents: string[] = [];
  for (const [at, answer] of answers.entries()) {
    if (!answer.ok) {
      const name = hosts[at]?.connection.name ?? '';
      return failure({ ...answer.error, message: `${name}: ${answer.error.message}` });
    }
    documents.push(answer.value);
  }
  return first.run(baselineCpu(documents.join('\n'), query), options);
}
