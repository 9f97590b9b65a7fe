import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Credentials } from '@chorus/emulator-aws';
import { hmac, signingKey } from '@chorus/emulator-aws';
import { notImplemented, S3Error } from './errors.ts';
import { sameText } from './signature.ts';

/** The values that the signatures of a body's chunks follow from. */
export interface ChunkSigning {
  readonly key: Buffer;
  /** As in `x-amz-date`. */
  readonly date: string;
  /** `<yyyymmdd>/<region>/s3/aws4_request` */
  readonly scope: string;
  /** The signature of the request's head, which the first chunk's follows. */
  readonly seed: string;
}

/** Verifies the signatures of a body's chunks in the order they come. */
export interface ChunkVerifier {
  /** @param sha256 of the chunk's bytes, in hex @throws {S3Error} SignatureDoesNotMatch */
  verifyChunk(signature: string | undefined, sha256: string): void;
  /** @throws {S3Error} SignatureDoesNotMatch */
  verifyTrailers(trailers: ReadonlyMap<string, string>): void;
}

const signedPayload = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?$/;

/**
 * Returns the values that a request's chunks are signed with; `undefined` when they are not.
 * @throws {S3Error} NotImplemented for another kind of signature, AccessDenied when the head's is incomplete
 */
export function chunkSigning(
  { incoming }: { readonly incoming: Pick<IncomingMessage, 'headers'> },
  credentials: Credentials,
): ChunkSigning | undefined {
  const { headers } = incoming;
  const payload = String(headers['x-amz-content-sha256'] ?? '');
  if (!payload.startsWith('STREAMING-') || payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    return undefined;
  }
  if (!signedPayload.test(payload)) throw notImplemented(`x-amz-content-sha256: ${payload}`);
  const { authorization = '' } = headers;
  const scope = /Credential=[^,\s]+?\/(\d{8}\/[^/,\s]+\/s3\/aws4_request)/.exec(authorization)?.[1];
  const seed = /Signature=([0-9a-f]{64})/.exec(authorization)?.[1];
  const date = headers['x-amz-date'];
  if (scope === undefined || seed === undefined || typeof date !== 'string') {
    throw new S3Error(
      'AccessDenied',
      `${payload} needs x-amz-date and an Authorization header whose signature the chunks follow.`,
    );
  }
  return { key: signingKey(credentials.secretAccessKey, scope), date, scope, seed };
}

/**
 * Each signature covers the one before it (S3 API reference, "Signature calculations: transferring payload in multiple
 * chunks", and "Including trailing headers").
 */
export function createChunkVerifier(signing: ChunkSigning): ChunkVerifier {
  let previous = signing.seed;

  function verify(signature: string | undefined, kind: string, ...rest: string[]): void {
    const text = [`AWS4-HMAC-SHA256-${kind}`, signing.date, signing.scope, previous, ...rest];
    const expected = hmac(signing.key, text.join('\n')).toString('hex');
    if (!sameText(signature ?? '', expected)) {
      throw new S3Error('SignatureDoesNotMatch', undefined, { StringToSign: text.join('\n') });
    }
    previous = expected;
  }

  return {
    verifyChunk(signature, sha256) {
      verify(signature, 'PAYLOAD', sha256Of(''), sha256);
    },
    verifyTrailers(trailers) {
      const signed = [...trailers].filter(([name]) => name !== 'x-amz-trailer-signature');
      if (signed.length === 0) return;
      const text = signed.map(([name, value]) => `${name}:${value}\n`).join('');
      verify(trailers.get('x-amz-trailer-signature'), 'TRAILER', sha256Of(text));
    },
  };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
