import type { BadRequest } from './http-bytes.ts';
import { randomOf } from './random.ts';
import type { Targets } from './targets.ts';
import { toApi } from './to-api.ts';
import { toAws } from './to-aws.ts';
import { toPorts } from './to-ports.ts';

export type { BadRequest } from './http-bytes.ts';
export { type Targets, targetsOf } from './targets.ts';

/** Requests that are wrong in all the ways that are known here, always the same ones for a seed. */
export function* badRequests(targets: Targets, seed: number, count: number): Generator<BadRequest> {
  const random = randomOf(seed);
  const kinds = [
    ...[...toApi, ...toApi, ...toAws].map(
      (make) => (): BadRequest => ({
        to: 'cloud',
        ...make(targets, random, new Date()),
      }),
    ),
    ...toPorts.map((make) => (): BadRequest => make(targets, random)),
  ];
  for (let index = 0; index < count; index += 1) {
    const make = kinds[index % kinds.length];
    if (make !== undefined) yield make();
  }
}
