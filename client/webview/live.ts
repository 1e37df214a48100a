/** A page whose parts are given new content while it is looked at: a screenshot, charts. */

interface Part {
  readonly id: string;
  /** HTML, escaped by whoever made it. */
  readonly html?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  for (const part of Array.isArray(data) ? data : []) if (isPart(part)) show(part);
});

function show({ id, html, attributes = {} }: Part): void {
  const element = document.getElementById(id);
  if (!element) return;
  if (html !== undefined) element.innerHTML = html;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

acquireVsCodeApi().postMessage({ type: 'ready' });
