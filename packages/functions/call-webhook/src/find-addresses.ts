import { lookup } from 'node:dns/promises';
import { addressIn, isLoopbackAddress, isPublicAddress } from '@chorus/webhooks';
import { WebhookFailedError, WebhookRefusedError } from './errors.ts';

/** An address of a host, and its family: 4 or 6. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Asks the name service for all addresses of a host. */
export type Lookup = (hostname: string) => Promise<readonly Address[]>;

export const lookupAll: Lookup = (hostname) => lookup(hostname, { all: true });

/**
 * Asks once for the addresses of a URL's host. The connection goes to one of these and no other is asked for, so that a name which has
 * another address a moment later leads nowhere else.
 *
 * @throws {WebhookRefusedError} if one is not public, apart from programs of this machine that the local cloud tells
 * @throws {WebhookFailedError} if the name is not known
 */
export async function findAddresses(
  url: URL,
  isLocal: boolean,
  ask: Lookup,
): Promise<readonly Address[]> {
  const { hostname } = url;
  const literal = addressIn(url);
  const addresses =
    literal === undefined
      ? await ask(hostname).catch((cause: unknown) => {
          throw new WebhookFailedError(`the name ${hostname} is not known`, { cause });
        })
      : [{ address: literal, family: literal.includes(':') ? 6 : 4 }];
  if (addresses.length === 0) throw new WebhookFailedError(`the name ${hostname} has no address`);
  const isAllowed = ({ address }: Address) =>
    (isLocal && isLoopbackAddress(address)) ||
    (url.protocol === 'https:' && isPublicAddress(address));
  const other = addresses.find((each) => !isAllowed(each));
  if (other !== undefined)
    throw new WebhookRefusedError(
      `${hostname} has the address ${other.address}, which may not be called: it is not public`,
    );
  return addresses;
}
