/** What the name of an image says of its format. */

/** Extensions that name one format; .img, .iso and no extension say nothing certain. */
const FORMAT: Readonly<Record<string, string>> = {
  qcow2: 'qcow2',
  qcow: 'qcow',
  vmdk: 'vmdk',
  vdi: 'vdi',
  qed: 'qed',
  raw: 'raw',
  iso: 'raw',
};

/** The format that a path's extension names, or undefined where it tells none. */
export function formatOfName(path: string | undefined): string | undefined {
  const extension = /\.(\w+)$/.exec(path ?? '')?.[1]?.toLowerCase();
  return extension === undefined ? undefined : FORMAT[extension];
}

/** The last part of a path: what a message calls the image. */
export function imageName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
