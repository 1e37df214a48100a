/**
 * Is this text one of libvirt's documents? Asked of every XML file an editor opens, so it reads the head only and parses
 * nothing: the root must be that of one of libvirt's schemas, and one more proof is wanted (documentProofs.ts).
 */
import { type DocumentProofs, documentProofs } from './documentProofs.ts';

/** How much of the text is looked at, in UTF-16 code units. */
const HEAD = 4096;

/** The language in which a user says "this is libvirt's"; in it no proof is asked for. */
export const DOMAIN_LANGUAGE = 'libvirt-domain';

/** The root element of a text that is libvirt's by all signs, or undefined. */
export function recognise(text: string): string | undefined {
  const { name, attributes, content } = rootOf(text);
  const proofs = Object.hasOwn(documentProofs, name) ? documentProofs[name] : undefined;
  if (proofs === undefined) return undefined;
  return proofs === 'the name' || isProved(proofs, attributes, content) ? name : undefined;
}

/** Whether a document of an editor's language is ours to check. */
export function isLibvirtDocument(languageId: string, text: string): boolean {
  return languageId === DOMAIN_LANGUAGE || recognise(text) !== undefined;
}

/** Whether it is a domain: what can be defined and started. In its own language everything is that has no other of libvirt's roots. */
export function isDomainDocument(languageId: string, text: string): boolean {
  if (languageId !== DOMAIN_LANGUAGE) return recognise(text) === 'domain';
  const { name } = rootOf(text);
  return name === 'domain' || !Object.hasOwn(documentProofs, name);
}

interface Root {
  readonly name: string;
  /** What stands in the start tag behind the name, and behind the start tag. */
  readonly attributes: string;
  readonly content: string;
}

function rootOf(text: string): Root {
  const head = text
    .slice(0, HEAD)
    .replace(/^\uFEFF/, '')
    .replace(/<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/g, '');
  const [whole = '', name = '', attributes = ''] = /^\s*<([A-Za-z]+)(?=[\s>/])([^<>]*)/.exec(head) ?? [];
  return { name, attributes, content: head.slice(whole.length) };
}

function isProved({ attributes = {}, tags }: DocumentProofs, given: string, content: string): boolean {
  const isGiven = ([attribute, values]: [string, readonly string[]]): boolean => {
    const value = new RegExp(`\\s${attribute}\\s*=\\s*["']?([\\w-]+)`).exec(given)?.[1];
    return value !== undefined && values.includes(value);
  };
  return Object.entries(attributes).some(isGiven) || tags?.test(content) === true;
}
