/** The files that lie beside the bundle, read when somebody asks. The build makes bundles for browsers read through here. */

let folder = '';

/** @param address of the folder with the extension's files, ending with `/` */
export function textsLieIn(address: string): void {
  folder = address;
}

/**
 * The text of a file, by its path below the folder. A worker may wait for an answer, and so all that needs texts stays as it is on a
 * machine with files. Each is asked for once at most by its reader.
 */
export function readText(path: string): string {
  const request = new XMLHttpRequest();
  request.open('GET', `${folder}${path}`, false);
  request.send();
  if (request.status !== 200) throw new Error(`${folder}${path}: ${request.status} ${request.statusText}`);
  return request.responseText;
}
