/** User settings and built-in extensions for a quiet window: no AI panels, no welcome page, no network chatter. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

export const quietSettings: Settings = {
  'chat.disableAIFeatures': true, // also keeps the agent host process from starting
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'telemetry.feedback.enabled': false,
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'files.autoSave': 'off', // as on the desktop; a window in a browser saves by itself
  'git.enabled': false,
};

/** For pictures: nothing that blinks, nothing beside the text. */
export const pictureSettings: Settings = {
  ...quietSettings,
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 15,
  'editor.cursorBlinking': 'solid',
  'editor.lightbulb.enabled': 'on',
  'editor.accessibilitySupport': 'off',
  'editor.hover.delay': 100,
  'breadcrumbs.enabled': false,
};

/** For a window that does not trust its folder, and does not ask either. */
export const restrictedSettings: Settings = {
  ...pictureSettings,
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** Built-in extensions that only make noise, or want the network. */
export const skippedBuiltins: readonly string[] = [
  'GitHub.copilot',
  'GitHub.copilot-chat',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'vscode.debug-auto-launch',
  'vscode.debug-server-ready',
  'vscode.emmet',
  'vscode.git',
  'vscode.git-base',
  'vscode.github',
  'vscode.github-authentication',
  'vscode.grunt',
  'vscode.gulp',
  'vscode.jake',
  'vscode.merge-conflict',
  'vscode.mermaid-markdown-features',
  'vscode.microsoft-authentication',
  'vscode.npm',
  'vscode.terminal-suggest',
  'vscode.tunnel-forwarding',
];

/**
 * Writes the settings into a profile that has none yet; a user's own are left alone. A setting that belongs to the machine, such as
 * the connections, is read from the machine's file when the window is a browser's.
 */
export function seedSettings(userDataDir: string, settings: Settings, owner: 'User' | 'Machine' = 'User'): void {
  const file = path.join(userDataDir, owner, 'settings.json');
  if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}
