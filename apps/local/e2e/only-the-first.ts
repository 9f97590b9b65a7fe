import { draw } from '../src/chaos/draw.ts';

/** Returns the flags of a fault that hits the first request to its target, and not the second. */
export function onlyTheFirst(fault: string, name: string): readonly string[] {
  const isHit = (seed: number, request: number) => draw(seed, `${fault} ${name}`, request) < 0.5;
  let seed = 0;
  while (!isHit(seed, 0) || isHit(seed, 1)) seed += 1;
  return ['--share', '50%', '--seed', String(seed)];
}
