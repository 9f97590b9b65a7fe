import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { notImplemented, S3Error } from './errors.ts';

/** Namespace of every S3 document except errors. */
export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Rendered XML: made by `element`, so that text cannot be taken for it. */
export interface Xml {
  readonly xml: string;
}

/** `<name>content</name>`: text is escaped, elements nest, `undefined` children are left out. */
export function element(
  name: string,
  content: string | number | readonly (Xml | undefined)[],
): Xml {
  const inner =
    typeof content === 'object'
      ? content.map((child) => child?.xml ?? '').join('')
      : escapeText(String(content));
  return { xml: `<${name}>${inner}</${name}>` };
}

/** `element`, or nothing when there is no content. */
export function optional(name: string, content: string | number | undefined): Xml | undefined {
  return content === undefined ? undefined : element(name, content);
}

/** Returns a whole document with root `name`; the namespace may be empty. */
export function xmlDocument(
  name: string,
  children: readonly (Xml | undefined)[],
  namespace: string = s3Namespace,
): string {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`;
  const inner = children.map((child) => child?.xml ?? '').join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${inner}</${name}>`;
}

// Control characters become numeric references, as S3 writes them; XML 1.0 proper cannot hold them, which is why
// clients list with `encoding-type=url`.
function escapeText(text: string): string {
  return text.replace(/[&<>"]|\p{Cc}/gu, (character) => {
    const named = namedEntities[character];
    return named ?? `&#${character.charCodeAt(0)};`;
  });
}

const namedEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '\t',
  '\n': '\n',
};

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  // Also turns on numeric references, which clients write for control characters in keys.
  htmlEntities: true,
});

/**
 * Parses a request document and gives the children of its root.
 * @throws {S3Error} MalformedXML when it is not well formed or its root is not `root`.
 */
export function parseXml(text: string, root: string): Readonly<Record<string, unknown>> {
  let parsed: Record<string, unknown>;
  try {
    if (XMLValidator.validate(text) !== true) throw new S3Error('MalformedXML');
    parsed = parser.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new S3Error('MalformedXML', undefined, {}, { cause: error });
  }
  const node = parsed[root];
  if (typeof node === 'string' && node.trim() === '') return {};
  if (typeof node !== 'object' || node === null) {
    throw new S3Error('MalformedXML', `The root of the document is not <${root}>.`);
  }
  return node as Record<string, unknown>;
}

/** Child elements `name` of a parsed element, none, one or many. @throws {S3Error} MalformedXML on plain text */
export function childElements(
  node: Readonly<Record<string, unknown>>,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const value = node[name];
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((child) => {
    if (typeof child !== 'object' || child === null) throw new S3Error('MalformedXML');
    return child as Record<string, unknown>;
  });
}

/** Text of the child element `name`; `undefined` when absent. @throws {S3Error} MalformedXML when it is no text */
export function childText(
  node: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = node[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new S3Error('MalformedXML', `<${name}> must hold text.`);
}

/** Refuses child elements that are not understood by name. @throws {S3Error} NotImplemented */
export function onlyChildren(
  node: Readonly<Record<string, unknown>>,
  names: readonly string[],
  operation: string,
): void {
  const unknown = Object.keys(node).find((name) => name !== '#text' && !names.includes(name));
  if (unknown !== undefined) throw notImplemented(`${operation} with the element ${unknown}`);
}
