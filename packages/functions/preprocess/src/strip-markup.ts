import { decodeEntities } from './entities.ts';

/** Elements that stand on lines of their own. */
const blocks =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre|section|table|td|th|title|tr|ul)$/;

/** Elements whose content is no text. */
const unread = /^(?:script|style|template|noscript|iframe|object|svg|math)$/;

/** Where a tag ends, behind its `>`; -1 if it does not. Attributes in quotes may hold `>`. */
function endOfTag(html: string, start: number): number {
  for (let at = start; at < html.length; at += 1) {
    const character = html[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") {
      at = html.indexOf(character, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Returns the text of HTML, as a browser would show it without its styles, in time that grows with its length only. */
export function stripMarkup(html: string): string {
  const text: string[] = [];
  const lastEnd = html.lastIndexOf('>');
  // After one quote that does not end, quotes mean nothing any more: each search for their end would go through the rest.
  let areQuotesEven = true;
  let from = 0;
  for (let at = html.indexOf('<'); at >= 0 && at < lastEnd; at = html.indexOf('<', at)) {
    const [, slash = '', letters = ''] =
      /^<(\/?)([A-Za-z][A-Za-z0-9-]{0,20}|[!?])/.exec(html.slice(at, at + 24)) ?? [];
    if (letters === '') {
      at += 1;
      continue;
    }
    text.push(decodeEntities(html.slice(from, at)));
    const name = letters.toLowerCase();
    let end: number;
    if (html.startsWith('<!--', at)) {
      const close = html.indexOf('-->', at + 4);
      end = close < 0 ? html.length : close + 3;
    } else {
      end = areQuotesEven ? endOfTag(html, at + 1) : -1;
      if (end < 0) {
        areQuotesEven = false;
        end = html.indexOf('>', at) + 1;
      }
      if (slash === '' && unread.test(name)) end = endOfElement(html, name, end);
      if (blocks.test(name)) text.push('\n');
    }
    at = end;
    from = end;
  }
  text.push(decodeEntities(html.slice(from)));
  return text.join('');
}

/** Where an element ends whose content is not read; without an end the rest belongs to it. */
function endOfElement(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?![A-Za-z0-9-])`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  if (found === null) return html.length;
  const end = html.indexOf('>', found.index);
  return end < 0 ? html.length : end + 1;
}
