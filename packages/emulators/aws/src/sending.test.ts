import { expect, it } from 'vitest';
import type { AwsAnswer } from './send.ts';
import { type Interceptor, sending } from './sending.ts';
import { signedHandler } from './signed-handler.ts';
import { serve, signedFetch, testCredentials } from './testing/index.ts';

/** Asks a service that answers how often it was asked, behind an interceptor. */
async function ask(
  between?: Interceptor,
): Promise<{ status: number; text: string; asked: number }> {
  let asked = 0;
  const answer = async ({ requestId }: { requestId: string }): Promise<AwsAnswer> => {
    asked += 1;
    return { status: 200, type: 'text/plain', body: `asked ${asked}`, requestId };
  };
  const handle = signedHandler({
    credentials: testCredentials,
    answer: sending(answer, between),
  });
  const port = await serve({ sts: handle });
  try {
    const request = { url: port.url, service: 'sts', credentials: testCredentials } as const;
    const response = await signedFetch(request);
    return { status: response.status, text: await response.text(), asked };
  } catch {
    return { status: 0, text: 'no answer', asked };
  } finally {
    await port.close();
  }
}

it('sends what the service answers', async () => {
  expect(await ask()).toEqual({ status: 200, text: 'asked 1', asked: 1 });
  expect(await ask((_, answer) => answer())).toEqual({ status: 200, text: 'asked 1', asked: 1 });
});

it('sends what stands between answers in its place, or makes of it', async () => {
  const refused: Interceptor = async ({ requestId }) => ({
    status: 500,
    type: 'text/plain',
    body: 'no',
    requestId,
  });
  expect(await ask(refused)).toEqual({ status: 500, text: 'no', asked: 0 });
  const changed: Interceptor = async (_, answer) => {
    const answered = await answer();
    return answered && { ...answered, body: 'changed' };
  };
  expect(await ask(changed)).toEqual({ status: 200, text: 'changed', asked: 1 });
});

it('cuts the connection before the work is done, or after it', async () => {
  expect(await ask(async () => undefined)).toEqual({ status: 0, text: 'no answer', asked: 0 });
  const lost: Interceptor = async (_, answer) => {
    await answer();
    return undefined;
  };
  expect(await ask(lost)).toEqual({ status: 0, text: 'no answer', asked: 1 });
});
