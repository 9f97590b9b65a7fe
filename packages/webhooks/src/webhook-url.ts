import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './address.ts';
import { WebhookUrlError } from './errors.ts';

/** Longest URL, in characters: a key of DynamoDB has 2,048 bytes. */
const longestUrl = 2000;

/** Whose URLs they are. */
export interface UrlRules {
  /** Whether the service runs on this machine: then it may tell programs of this machine, without encryption too. */
  readonly isLocal: boolean;
}

/** Returns the address that a URL has instead of a name; undefined if it has a name. */
export function addressIn({ hostname }: URL): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * Reads a URL that is to be told of answers, its query too.
 *
 * @throws {WebhookUrlError} unless it is https, or http to this machine for a service that runs on it; and for one with a password, a
 *   fragment, or an address that is not public
 */
export function parseWebhookUrl(text: string, { isLocal }: UrlRules): URL {
  const url = URL.parse(text);
  if (url === null) throw new WebhookUrlError('it is no URL; write https://host/path');
  const address = addressIn(url);
  const isHere =
    url.hostname === 'localhost' || (address !== undefined && isLoopbackAddress(address));
  if (isHere && !isLocal)
    throw new WebhookUrlError('it is on this machine, which AWS cannot reach');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw new WebhookUrlError(
      'it has to begin with https://; http:// is only for programs of this machine, told by the local cloud',
    );
  if (url.username !== '' || url.password !== '')
    throw new WebhookUrlError('it has a name or a password in it; the signature says who calls');
  if (text.includes('#')) throw new WebhookUrlError('it has a fragment, which is sent to nobody');
  if (url.href.length > longestUrl)
    throw new WebhookUrlError(`it has more than ${longestUrl} characters`);
  if (address !== undefined && !isHere && !isPublicAddress(address))
    throw new WebhookUrlError(`${address} is no public address`);
  return url;
}

/**
 * Reads a URL that is to be registered, and returns it as it is registered: requests have to name it to the letter.
 *
 * @throws {WebhookUrlError} as above, and for one with a query, which a request adds
 */
export function parseRegisteredUrl(text: string, rules: UrlRules): string {
  const { href } = parseWebhookUrl(text, rules);
  if (href.includes('?'))
    throw new WebhookUrlError('leave its query out: a request may add any to what is registered');
  return href;
}
