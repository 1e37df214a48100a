/** The door of this room: what the client, the server's rim and the command line use. */

export type { AuditEnd, AuditStart } from './audit/recording.ts';
export type { AuditRecord } from './audit/records.ts';
export { withoutSecrets } from './audit/secrets.ts';
export { AuditTrail, type AuditTrailOptions } from './audit/trail.ts';
export type { IdentityRow } from './clone/identityTable.ts';
export type { Leftover } from './clone/made.ts';
export { type Needs, type NetworkPlace, networkKey, type Placement, placeByName } from './clone/needs.ts';
export { placeText } from './clone/networks.ts';
export { planClone } from './clone/plan.ts';
export {
  type ClonedDomain,
  type CloneFailure,
  type CloneOptions,
  runClone,
} from './clone/run.ts';
export { readCloneSource } from './clone/source.ts';
export { type Elsewhere, readElsewhere, readTaken, type Taken } from './clone/taken.ts';
export { readCloneTarget } from './clone/target.ts';
export { readTargetDirectory, type TargetDirectory } from './clone/targetDirectory.ts';
export { directoryForPool } from './clone/temporaryPool.ts';
export {
  type CloneMethod,
  type CloneOrder,
  type ClonePlan,
  type CloneSource,
  type CloneTarget,
  type CopyWay,
  copiesOf,
  type Destination,
  type DiskPlan,
  type NvramPlan,
  type TemporaryPool,
  type VolumeCopy,
} from './clone/types.ts';
export type { CloneProgress } from './clone/work.ts';
export type { Lane, VirshCommand } from './command.ts';
export type { DeviceAction, DeviceScope } from './commands/device.ts';
export * as domain from './commands/domain.ts';
export * as host from './commands/host.ts';
export type { PowerMode } from './commands/lifecycle.ts';
export * as lifecycle from './commands/lifecycle.ts';
export type { MigrateOptions, MigrationWay } from './commands/migration.ts';
export * as network from './commands/network.ts';
export type { NewSnapshot } from './commands/snapshot.ts';
export * as snapshot from './commands/snapshot.ts';
export * as stats from './commands/stats.ts';
export * as storage from './commands/storage.ts';
export {
  type Connection,
  type ConnectionMarks,
  readConnection,
  readConnections,
  type SshConnection,
  type UriConnection,
} from './connection.ts';
export {
  type DefinedDomain,
  type DefineOptions,
  type DefinePlan,
  type ExistingDomain,
  planDefine,
  runDefine,
  withUuid,
} from './define/run.ts';
export { type DeviceAt, deviceAt } from './devices/deviceAt.ts';
export { deviceOwner } from './devices/deviceOwner.ts';
export { type DeviceChange, type DeviceOptions, type DeviceVerdict, runDeviceChange } from './devices/run.ts';
export { type DomainEntry, listDomains } from './domains.ts';
export type { DomainEvent } from './events/line.ts';
export { type Watch, type WatchState, watchEvents } from './events/watch.ts';
export { readHostFacts } from './facts/read.ts';
export type { FailureKind, VirshFailure } from './failures/explain.ts';
export { locateFailure } from './failures/locate.ts';
export { forceOff } from './forceOff.ts';
export { type Host, openHost, type StreamRequest } from './host.ts';
export {
  type DomainSituation,
  type HostObject,
  readDomains,
  readNetworks,
  readPools,
  readSnapshots,
  type SnapshotEntry,
} from './inventory.ts';
export type { Belonging, Belongings } from './lifecycle/belongings.ts';
export type { StayingDisk, VolumeBelonging } from './lifecycle/disks.ts';
export { renameDomain } from './lifecycle/rename.ts';
export { type DomainReference, type Outcome, runVerb, type VerbOptions } from './lifecycle/run.ts';
export { type ShutDownEnd, type ShutDownOptions, shutDown } from './lifecycle/shutDown.ts';
export { isRequired, planUndefine, runUndefine, type Undefined, type UndefinePlan } from './lifecycle/undefine.ts';
export { type Verb, type VerbName, verbs } from './lifecycle/verbs.ts';
export { type Conflict, findConflicts, hasConflicts } from './merge/markers.ts';
export { mergeDefinitions } from './merge/merge.ts';
export type { Merge } from './merge/mergeLines.ts';
export { baselineQuery, readBaseline } from './migration/baseline.ts';
export { checkMigration } from './migration/check.ts';
export { copiedDisksOf, type DiskCopy } from './migration/copying.ts';
export { editCpu } from './migration/cpuEdit.ts';
export { destinationOf } from './migration/destination.ts';
export { needsSourceForTpm } from './migration/leftBehind.ts';
export { readMigrationFacts } from './migration/read.ts';
export { type MigrationEnd, type MigrationOrder, type PossibleCopy, runMigration, type Seen } from './migration/run.ts';
export type { MigrationFacts, MigrationFinding, Weight } from './migration/types.ts';
export { type DomainOffer, readDomainOffer, type VolumePool } from './offer.ts';
export { type DomainIdentity, type DomainState, domainStates } from './output/domainList.ts';
export type { DomainSample } from './output/domainStats.ts';
export type { BlockDevice, StateReason } from './output/domainText.ts';
export { type DiskSummary, type DomainSummary, type InterfaceSummary, parseDomain } from './output/domainXml.ts';
export type { JobInfo } from './output/jobInfo.ts';
export type { MachineType } from './output/machineTypes.ts';
export type { Pool, Volume } from './output/storageXml.ts';
export type { Version } from './output/version.ts';
export { isPlayground, openPlayground, type Playground, type PlaygroundOptions } from './playground.ts';
export { type Change, changesBetween } from './preview/changes.ts';
export type { Effect } from './preview/effectTable.ts';
export { isSameValue } from './preview/equivalence.ts';
export { pendingChanges } from './preview/pending.ts';
export { type Preview, previewDefinition } from './preview/preview.ts';
export { compareDefinition, type Difference } from './preview/readBack.ts';
export type { Result } from './result.ts';
export { Turns } from './run/queue.ts';
export { quoteForShell } from './run/quote.ts';
export { createRunner, type LogEntry, type Runner, type RunnerOptions, type RunOptions } from './run/runner.ts';
export type { VirshStream } from './run/stream.ts';
export type { TerminalCommand } from './run/terminal.ts';
export { hasConsole } from './screen/console.ts';
export { type Screenshot, takeScreenshot } from './screen/screenshot.ts';
export { type VncPlace, vncPassword, vncPlace } from './screen/vnc.ts';
export { parseSnapshot, readSnapshotTree, type SnapshotDetails, type SnapshotTree } from './snapshots/details.ts';
export { type SnapshotKinds, snapshotKinds } from './snapshots/kinds.ts';
export { makeSnapshot, type RevertOptions, removeSnapshot, revertToSnapshot, wantsForce } from './snapshots/run.ts';
export { type DomainRates, ratesBetween } from './stats/rates.ts';
export { checkTuning, type TuningFinding, type TuningWeight, unseen } from './tuning/check.ts';
export { readTuning } from './tuning/reading.ts';
