/** What a user can set, as clients tell it: at initialize, or under `libvirt` in a change of configuration. */
import { HINT_KINDS, type HintKind } from '../features/inlayHints/hint.ts';
import { noSettings, type RuleSettings, ruleSettings } from '../settings/settings.ts';

export interface Settings {
  /** The libvirt release that documents are written for, such as `9.0`; undefined: the newest. */
  readonly targetVersion?: string;
  /** A folder of libvirt's .rng files to read documents by. */
  readonly schemaPath?: string;
  /** Files with facts of the hosts that guests shall run on. */
  readonly hostFacts?: readonly string[];
  /** Diagnostics of files that nobody has opened, for clients that pull. */
  readonly workspaceDiagnostics: boolean;
  /** Lenses above what others refer to. */
  readonly codeLens: boolean;
  /** The kinds of hints that are shown between the letters. */
  readonly inlayHints: ReadonlySet<HintKind>;
  /** Profile and severities, above those of project files. */
  readonly rules: RuleSettings;
}

/** What holds until a client says something. */
export const defaultSettings: Settings = {
  rules: noSettings,
  workspaceDiagnostics: false,
  codeLens: true,
  inlayHints: new Set(HINT_KINDS),
};

/** Unknown and ill-typed keys are ignored, blank ones count as left out: any editor may send anything. */
export function settings(given: unknown): Settings {
  const targetVersion = textIn(given, 'targetVersion');
  const schemaPath = textIn(valueIn(given, 'schema'), 'path');
  const hostFacts = textsIn(given, 'hostFacts');
  const profile = valueIn(given, 'profile') || undefined;
  const [severity, options] = [valueIn(given, 'severity'), valueIn(given, 'options')];
  const rules = ruleSettings({ profile, severity, options, targetVersion });
  return {
    ...(targetVersion && { targetVersion }),
    ...(schemaPath && { schemaPath }),
    ...(hostFacts.length > 0 && { hostFacts }),
    workspaceDiagnostics: valueIn(given, 'workspaceDiagnostics') === true,
    codeLens: valueIn(given, 'codeLens') !== false,
    inlayHints: new Set(HINT_KINDS.filter((kind) => valueIn(valueIn(given, 'inlayHints'), kind) !== false)),
    rules,
  };
}

/** The value of a key, or undefined where there is none. */
export function valueIn(given: unknown, key: string): unknown {
  return typeof given === 'object' && given !== null ? new Map(Object.entries(given)).get(key) : undefined;
}

/** One text or several. */
function textsIn(given: unknown, key: string): string[] {
  const value = valueIn(given, key);
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
}

function textIn(given: unknown, key: string): string {
  const value = valueIn(given, key);
  return typeof value === 'string' ? value.trim() : '';
}
