/** What a client may tell at initialize. Unknown or ill-typed keys are ignored: any editor may send anything. */
import { type Settings, settings, valueIn } from './settings.ts';
import { readXmlElsewhere, type XmlElsewhere } from './xmlElsewhere.ts';

export interface InitializationOptions {
  /** Pattern for the link behind a diagnostic's code, with `{rule}` and `{page}`. */
  readonly pageAddress?: string;
  /** The client's command that shows references, called with a URI, a position and the locations: what a lens does when it is clicked. */
  readonly showReferences?: string;
  /** For editors whose `locale` is not the language of their user: `zh-CN`. */
  readonly language?: string;
  /** What other extensions give for plain XML, from a client that knows. */
  readonly xmlElsewhere?: XmlElsewhere;
  readonly settings: Settings;
}

export function initializationOptions(given: unknown): InitializationOptions {
  const pageAddress = valueIn(given, 'pageAddress');
  const showReferences = valueIn(given, 'showReferences');
  const language = valueIn(given, 'language');
  const xmlElsewhere = valueIn(given, 'xmlElsewhere');
  return {
    ...(Array.isArray(xmlElsewhere) && { xmlElsewhere: readXmlElsewhere(xmlElsewhere) }),
    ...(typeof pageAddress === 'string' && { pageAddress }),
    ...(typeof showReferences === 'string' && { showReferences }),
    ...(typeof language === 'string' && { language }),
    settings: settings(given),
  };
}
