import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsAnswer, damagedJson } from '@chorus/emulator-aws';
import type { Strike } from './fault.ts';

/** The answers of a service that refuses on purpose. */
export interface Refusals {
  fail(): AwsAnswer;
  throttle(): AwsAnswer;
  /** @default half of the answer is lost, its checksum is not */
  corrupt?(answer: AwsAnswer): AwsAnswer;
}

const halved = (answer: AwsAnswer): AwsAnswer => ({
  ...answer,
  body: damagedJson(Buffer.from(answer.body)),
});

/**
 * Answers a request that has a fault.
 *
 * @param answer has the service do what is asked
 * @returns undefined to cut the connection: before the work is done, or after it
 */
export async function intercept(
  { kind, delayMs = 0, isLate = false }: Strike,
  answer: () => Promise<AwsAnswer>,
  { fail, throttle, corrupt = halved }: Refusals,
): Promise<AwsAnswer | undefined> {
  if (kind === 'throttle') return throttle();
  if (kind === 'fail') return fail();
  if (delayMs > 0) await sleep(delayMs);
  if (kind === 'kill' && !isLate) return undefined;
  const answered = await answer();
  if (kind === 'kill') return undefined;
  return kind === 'corrupt' ? corrupt(answered) : answered;
}
