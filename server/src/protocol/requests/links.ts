/** Links to the files that a document names, where it lies beside them: as a file of the machine that the server runs on. */
import type { DocumentLink } from 'vscode-languageserver';
import { documentLinks } from '../../features/documentLinks.ts';
import { toRange } from '../convert.ts';
import { guardedAsync } from '../guard.ts';
import type { RequestGroup } from './requestGroup.ts';

/** Each is looked for on the disk. */
const MOST_LINKS = 500;

export const links: RequestGroup = {
  capabilities: () => ({ documentLinkProvider: {} }),

  listen(context) {
    const { connection, log } = context;
    connection.onDocumentLinks(
      guardedAsync(log, 'documentLink', [], async (params): Promise<DocumentLink[]> => {
        const open = context.find(params);
        // A definition of another host names that host's files.
        if (!open || !/^(file|untitled):/.test(open.document.uri)) return [];
        const { document, xml } = open;
        const found = await Promise.all(
          documentLinks(xml)
            .slice(0, MOST_LINKS)
            .map(async (link) => ({ link, target: await context.localFile(link.path) })),
        );
        return found.flatMap(({ link, target }) => (target ? [{ range: toRange(document, link), target }] : []));
      }),
    );
  },
};
