import { newUploadKey } from '@chorus/photo/upload-key';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createJsonHandler } from '@chorus/runtime/json-function';
import { uniqueId } from '@chorus/runtime/unique-id';
import type { UploadsSettings } from './env.ts';
import { createPresign, type Presign } from './presign.ts';
import { example, parseUploadRequest } from './upload-request.ts';

/** How long an upload may take to begin. */
const validSeconds = 900;

/** The next step for the caller: PUT the photo to `url` with these headers, then name `key` in a prediction. */
interface Upload {
  readonly url: string;
  readonly key: string;
  readonly headers: { readonly 'content-type': string };
  /** ISO 8601. */
  readonly expiresAt: string;
}

async function permitUpload(
  presign: Presign,
  body: Readonly<Record<string, unknown>>,
): Promise<Upload> {
  const { kind, bytes } = parseUploadRequest(body);
  const { contentType } = kind;
  // A signature has whole seconds.
  const date = new Date(Math.floor(Date.now() / 1000) * 1000);
  const key = newUploadKey(kind, date, uniqueId());
  return {
    url: await presign({ key, contentType, bytes, date, seconds: validSeconds }),
    key,
    headers: { 'content-type': contentType },
    expiresAt: new Date(date.getTime() + validSeconds * 1000).toISOString(),
  };
}

/** Makes the handler of `POST /uploads`: it answers with a presigned PUT, or with `{"error": …}`. */
export function createUploadsHandler(settings: UploadsSettings): Handler {
  const presign = createPresign(settings);
  return createJsonHandler({
    expects: `send ${example}; the photo itself goes to the URL in the answer`,
    answer: async (body) => ({ status: 200, value: await permitUpload(presign, body) }),
  });
}
