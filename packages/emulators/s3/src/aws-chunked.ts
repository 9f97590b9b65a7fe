import { createHash } from 'node:crypto';
import { type ChunkSigning, createChunkVerifier } from './chunk-signatures.ts';
import { S3Error } from './errors.ts';

/** Longest chunk header or trailer section accepted; a signature is 64 characters. */
const maxControlBytes = 16 * 1024;

/** Takes the framing off an `aws-chunked` body, piece by piece as the network delivers it. */
export interface AwsChunkedDecoder {
  /** Gives the payload bytes in `piece`, as views into it. @throws {S3Error} on broken framing. */
  push(piece: Buffer): Buffer[];
  /** Ends the body and gives its trailers, names in lower case. @throws {S3Error} when it was cut short. */
  end(): ReadonlyMap<string, string>;
}

/**
 * Decoder of `aws-chunked`, signed or not, with or without trailers:
 * `hex-size[;chunk-signature=…]\r\n bytes \r\n … 0[;…]\r\n [name:value\r\n]… \r\n`
 * (S3 API reference, "Signature calculations: transferring payload in multiple chunks").
 *
 * @param signing what the chunks are signed with; without it signatures are not looked at
 */
export function createAwsChunkedDecoder(signing?: ChunkSigning): AwsChunkedDecoder {
  const verifier = signing && createChunkVerifier(signing);
  let signature: string | undefined;
  let hash = createHash('sha256');
  let state: 'size' | 'data' | 'after data' | 'trailers' = 'size';
  let remaining = 0;
  let pending: Buffer = Buffer.alloc(0);

  function push(piece: Buffer): Buffer[] {
    const payload: Buffer[] = [];
    let rest = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
    pending = Buffer.alloc(0);
    while (rest.length > 0) {
      if (state === 'data') {
        const bytes = rest.subarray(0, remaining);
        payload.push(bytes);
        if (verifier !== undefined) hash.update(bytes);
        rest = rest.subarray(bytes.length);
        remaining -= bytes.length;
        if (remaining > 0) continue;
        state = 'after data';
        verifier?.verifyChunk(signature, hash.digest('hex'));
        continue;
      }
      // Trailers are parsed as a whole at the end: signed ones hold a blank line in the middle.
      const lineEnd = state === 'trailers' ? -1 : rest.indexOf('\r\n');
      if (lineEnd < 0) {
        if (rest.length > maxControlBytes) throw malformed('a chunk header or trailer is too long');
        pending = rest;
        break;
      }
      const line = rest.toString('latin1', 0, lineEnd);
      rest = rest.subarray(lineEnd + 2);
      if (state === 'after data') {
        if (line !== '') throw malformed('a chunk is longer than its size says');
        state = 'size';
      } else {
        ({ size: remaining, signature } = chunkHead(line));
        hash = createHash('sha256');
        state = remaining === 0 ? 'trailers' : 'data';
        if (remaining === 0) verifier?.verifyChunk(signature, hash.digest('hex'));
      }
    }
    return payload;
  }

  function end(): ReadonlyMap<string, string> {
    if (state !== 'trailers') throw new S3Error('IncompleteBody');
    const trailers = parseTrailers(pending.toString('latin1'));
    verifier?.verifyTrailers(trailers);
    return trailers;
  }

  return { push, end };
}

function chunkHead(line: string): { size: number; signature: string | undefined } {
  const match = /^([0-9a-fA-F]{1,8})(?:;(.*))?$/.exec(line);
  if (match === null) throw malformed(`"${line.slice(0, 40)}" is not a chunk size`);
  const [, size = '', extension = ''] = match;
  const signature = /(?:^|;)\s*chunk-signature=([0-9a-f]{64})\s*(?:;|$)/.exec(extension)?.[1];
  return { size: Number.parseInt(size, 16), signature };
}

function parseTrailers(section: string): ReadonlyMap<string, string> {
  const trailers = new Map<string, string>();
  for (const line of section.split(/\r?\n/)) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) throw malformed('a trailer has no name');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
}

function malformed(why: string): S3Error {
  return new S3Error('InvalidRequest', `The aws-chunked body is malformed: ${why}.`);
}
