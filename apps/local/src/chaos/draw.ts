import { createHash } from 'node:crypto';

/**
 * Returns a number from 0, below 1, that depends on nothing but its arguments, so that a run can be repeated and faults of one
 * seed do not all hit the same requests.
 *
 * @param purpose the fault and its target
 * @param request the number of the request
 */
export function draw(seed: number, purpose: string, request: number): number {
  const digest = createHash('sha256').update(`${seed} ${purpose} ${request}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}
