import type { Cloud } from '../src/index.ts';
import { house, post } from './test-cloud.ts';

/** The answers that callers got. */
interface Answers {
  readonly total: number;
  /** Answers that were no 200, or without the forest. */
  readonly failures: readonly unknown[];
  /** How many answers each version of the forest gave. */
  readonly versions: Readonly<Record<string, number>>;
  /** The version of the answer to the request sent last. */
  readonly last: string | undefined;
}

export interface Load {
  /** Resolves when a request sent from now on is answered. */
  next(): Promise<void>;
  /** Sends no more, and resolves when all are answered. */
  stop(): Promise<Answers>;
}

/**
 * Asks for the price of a house, so many times a second, whether the answers before have come or not.
 *
 * @param rate requests a second
 */
export function startLoad(cloud: Cloud, rate: number): Load {
  const failures: unknown[] = [];
  const versions: Record<string, number> = {};
  const running = new Set<Promise<void>>();
  let total = 0;
  let last: string | undefined;

  async function ask(): Promise<void> {
    total += 1;
    const own = total;
    try {
      const { status, body } = await post(cloud, '/predict/house-price', house);
      const version = body.models?.['random-forest']?.version;
      if (status !== 200 || version === undefined) failures.push(body);
      else versions[version] = (versions[version] ?? 0) + 1;
      if (own === total) last = version;
    } catch (error) {
      failures.push(error);
    }
  }

  function send(): Promise<void> {
    const request = ask();
    running.add(request);
    void request.then(() => running.delete(request));
    return request;
  }

  const timer = setInterval(send, 1000 / rate);
  return {
    next: send,
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
      return { total, failures, versions, last };
    },
  };
}
