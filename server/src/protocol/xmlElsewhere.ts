/**
 * Features that any XML editor has. Where another extension gives one for files of language `xml`, we leave it to that one, so that
 * nothing is doubled; documents of our own language nobody else serves. The client says what is given elsewhere.
 */
export const xmlFeatures = ['formatting', 'folding', 'symbols', 'tags', 'endTags', 'syntax'] as const;

/** `tags`: closing them and editing both names as one; `endTags`: their completion; `syntax`: what is not well-formed. */
export type XmlFeature = (typeof xmlFeatures)[number];

export type XmlElsewhere = ReadonlySet<XmlFeature>;

/** The language of files that other extensions serve as well. */
const SHARED_LANGUAGE = 'xml';

/** What a client tells; unknown names are ignored. */
export function readXmlElsewhere(given: unknown): XmlElsewhere {
  return new Set(Array.isArray(given) ? xmlFeatures.filter((feature) => given.includes(feature)) : []);
}

/** Whether we give a feature for a document. */
export function isOurs(elsewhere: XmlElsewhere, languageId: string, feature: XmlFeature): boolean {
  return languageId !== SHARED_LANGUAGE || !elsewhere.has(feature);
}
