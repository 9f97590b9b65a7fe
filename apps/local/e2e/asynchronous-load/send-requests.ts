import { setTimeout as sleep } from 'node:timers/promises';

/** What sending requests came to. */
export interface Sent {
  /** Ids of those that were answered 202. */
  readonly ids: readonly string[];
  /** How often a request was sent again, because the cloud was busy or away. */
  readonly again: number;
}

/** Requests at once. */
const atOnce = 16;

/**
 * Sends requests until each was accepted.
 *
 * @param url the cloud's address, which may change meanwhile
 * @param accepted called after each, with how many there are by now
 */
export async function sendRequests(
  count: number,
  url: () => string,
  accepted: (count: number) => void,
): Promise<Sent> {
  const ids: string[] = [];
  let [next, again] = [0, 0];
  const sendOne = async (number: number): Promise<void> => {
    for (;;) {
      const answer = await fetch(`${url()}/predict/measure?async=1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: `chance ${number}` }),
      })
        .then(async (response) => ({
          status: response.status,
          body: (await response.json()) as { readonly id: string },
        }))
        .catch(() => undefined);
      if (answer?.status === 202) {
        ids.push(answer.body.id);
        accepted(ids.length);
        return;
      }
      if (answer !== undefined && ![429, 500, 503, 504].includes(answer.status))
        throw new Error(`a request was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      again += 1;
      await sleep(100);
    }
  };
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await sendOne(next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { ids, again };
}
