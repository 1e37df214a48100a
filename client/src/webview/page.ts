/** The frame of our webviews: nothing is loaded or run in them but our own script, and nothing is sent anywhere. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface Page {
  readonly title: string;
  /** HTML. Whoever puts names into it escapes them. */
  readonly body: string;
  readonly styles: string;
  /** File in dist/ that runs in the page. */
  readonly script: string;
}

/** The folder that a webview may read: the options of its panel need it. */
export function scriptFolder(extension: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(extension.extensionUri, 'dist');
}

export function pageOf(extension: vscode.ExtensionContext, webview: vscode.Webview, page: Page): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(scriptFolder(extension), page.script)).toString();
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(page.title)}</title>
<style nonce="${nonce}">${page.styles}</style>
</head>
<body>
${page.body}
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
