import { createClient } from '@chorus/protocol';
import type { Targets } from './targets.ts';

let places = 0;

/**
 * Asks every workflow over both ways in, about a photo with a place that nothing has been asked about, for which the cache
 * and the database are needed.
 *
 * @throws Error when an answer is not a whole one
 */
export async function askRightly({ host, workflows }: Targets): Promise<void> {
  const url = `http://${host}`;
  for (const { path, name, takesPhoto, body, infer } of workflows) {
    places += 1;
    const location = { lat: (places * 7) % 60, lon: (places * 11) % 170 };
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(takesPhoto ? { ...body, location } : body),
    });
    const answer = (await response.json()) as { readonly failed?: object };
    if (response.status !== 200 || Object.keys(answer.failed ?? { none: 1 }).length > 0)
      throw new Error(`${path} answers ${response.status} ${JSON.stringify(answer)}`);
    const { outputs } = await createClient({ url }).infer(name, infer, { binary: true });
    if (outputs.length === 0) throw new Error(`${name} has no outputs`);
  }
}
