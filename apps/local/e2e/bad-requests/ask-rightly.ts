import { createClient } from '@chorus/protocol';
import type { Targets } from './targets.ts';

let places = 0;

/** Returns the names of what failed, but for a model whose weights are not here, so that it is not served. */
function failedIn(answer: { readonly failed?: object }): readonly string[] {
  return Object.entries(answer.failed ?? { all: {} })
    .filter(([, { error }]) => error !== 'Lambda.ResourceNotFoundException')
    .map(([name]) => name);
}

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
    if (response.status !== 200 || failedIn(answer).length > 0)
      throw new Error(`${path} answers ${response.status} ${JSON.stringify(answer)}`);
    const { outputs } = await createClient({ url }).infer(name, infer, { binary: true });
    if (outputs.length === 0) throw new Error(`${name} has no outputs`);
  }
}
