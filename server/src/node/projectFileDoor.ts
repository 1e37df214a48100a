/** The project files of documents that are files on this machine, read here; those of others are for somebody else to tell. */
import { fileURLToPath } from 'node:url';
import type { ProjectFileDoor } from '../protocol/projectFiles.ts';
import { PROJECT_FILE } from '../settings/projectFile.ts';
import { ProjectFileFinder } from './projectFiles.ts';

/** @param others knows the project files of documents that are no files here */
export function projectFileDoor(others: ProjectFileDoor): ProjectFileDoor {
  const finder = new ProjectFileFinder();
  return {
    find(documentUri) {
      const document = fileOf(documentUri);
      if (document === undefined) return others.find(documentUri);
      const found = finder.nearest(document);
      return found && { uri: uriAbove(documentUri, found.path), text: found.text, path: found.path };
    },
    forget: () => finder.forget(),
    onChanged: (changed) => others.onChanged?.(changed),
  };
}

/** Written as the client writes the document's: two spellings of one URI would be two files to it. */
function uriAbove(documentUri: string, pathBelow: string): string {
  const folder = documentUri.split('/').slice(0, -pathBelow.split('/').length);
  return [...folder, PROJECT_FILE].join('/');
}

function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // of another machine, or malformed
  }
}
