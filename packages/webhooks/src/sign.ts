/** Secrets and signatures by Standard Webhooks. @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */

import { createHmac, randomBytes } from 'node:crypto';

/** The start of a secret; base64 of its bytes follows. */
const secretPrefix = 'whsec_';

/** Returns a new secret of 32 random bytes. */
export function createSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

/** What is signed. */
export interface SignedMessage {
  /** The same in every attempt. */
  readonly id: string;
  /** Of the attempt, in epoch seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** Returns the headers of a message, with its signature. */
export function signedHeaders(
  { id, timestamp, body }: SignedMessage,
  secret: string,
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
