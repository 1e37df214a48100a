/** The door of this room: what the client, the server's rim and the command line use. */
export type { Lane, VirshCommand } from './command.ts';
export * as domain from './commands/domain.ts';
export * as host from './commands/host.ts';
export * as storage from './commands/storage.ts';
export {
  type Connection,
  readConnection,
  readConnections,
  type SshConnection,
  type UriConnection,
} from './connection.ts';
export { type DomainEntry, listDomains } from './domains.ts';
export type { FailureKind, VirshFailure } from './failures.ts';
export type { DomainIdentity, DomainState } from './output/domainList.ts';
export type { BlockDevice, StateReason } from './output/domainText.ts';
export { type DiskSummary, type DomainSummary, type InterfaceSummary, parseDomain } from './output/domainXml.ts';
export type { Pool, Volume } from './output/storageXml.ts';
export type { Version } from './output/version.ts';
export { isPlayground, openPlayground, type Playground, type PlaygroundOptions } from './playground.ts';
export type { Result } from './result.ts';
export { createRunner, type LogEntry, type Runner, type RunnerOptions, type RunOptions } from './run/runner.ts';
