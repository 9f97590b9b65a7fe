import { newUploadKey } from '@chorus/photo/upload-key';
import { toErrorBody } from '@chorus/protocol';
import type { Handler, InvocationContext } from '@chorus/runtime/bootstrap';
import {
  type HttpRequest,
  jsonAnswer,
  type ProxyResult,
  parseHttpEvent,
  toProxyResult,
} from '@chorus/runtime/proxy-event';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { UploadsSettings } from './env.ts';
import { createPresign, type Presign } from './presign.ts';
import { parseUploadRequest } from './upload-request.ts';

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

async function permitUpload(presign: Presign, request: HttpRequest): Promise<Upload> {
  const { kind, bytes } = parseUploadRequest(request);
  const { contentType } = kind;
  // A signature has whole seconds.
  const date = new Date(Math.floor(Date.now() / 1000) * 1000);
  const key = newUploadKey(kind, date, crypto.randomUUID());
  return {
    url: await presign({ key, contentType, bytes, date, seconds: validSeconds }),
    key,
    headers: { 'content-type': contentType },
    expiresAt: new Date(date.getTime() + validSeconds * 1000).toISOString(),
  };
}

/** Names the error in the log; of a caller's own mistake not the message, which may quote the body. */
function noteError(context: InvocationContext, status: number, error: unknown): void {
  context.notes['error'] = error instanceof Error ? error.name : 'Error';
  if (status >= 500) {
    context.notes['reason'] =
      error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/**
 * Makes the handler of `POST /uploads`: it takes the proxy event of an API Gateway REST API and answers with a presigned
 * PUT, or with `{"error": …}`: it never throws. `{"chorus":"ready"}` is answered `{"ready":true}`.
 */
export function createUploadsHandler(settings: UploadsSettings): Handler {
  const presign = createPresign(settings);
  return async (event, context): Promise<ProxyResult | { ready: true }> => {
    if (isReadyEvent(event)) return { ready: true };
    let requestId = context.requestId;
    const finish = (status: number, value: unknown): ProxyResult => {
      context.notes['status'] = status;
      return toProxyResult(jsonAnswer(status, value, { 'x-request-id': requestId }));
    };
    try {
      const request = parseHttpEvent(event, context.requestId);
      requestId = request.requestId;
      context.notes['httpRequestId'] = requestId;
      return finish(200, await permitUpload(presign, request));
    } catch (error) {
      const { status, body } = toErrorBody(error);
      noteError(context, status, error);
      return finish(status, body);
    }
  };
}
