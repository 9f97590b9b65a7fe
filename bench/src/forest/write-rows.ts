import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Columns of the rows that are made, and their target. */
export const columns: readonly string[] = Array.from({ length: 14 }, (_, index) => `x${index}`);
export const target = 'y';

/** Park & Miller's generator (1988), for numbers in (0, 1): the same rows on every machine. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Writes rows of fourteen numbers, of which the target depends on six (Friedman 1991, with a step and noise): most columns
 * take any value, one is 0 or 1, one a whole number up to 24, two are skewed.
 */
export async function writeRows(path: string, rows: number): Promise<void> {
  const uniform = uniforms(1);
  const out = createWriteStream(path);
  out.write(`${[...columns, target].join(',')}\n`);
  let lines = '';
  for (let row = 0; row < rows; row++) {
    const x = columns.map(uniform);
    x[5] = Math.round(x[5] ?? 0);
    x[6] = Math.ceil(24 * (x[6] ?? 0));
    x[7] = -Math.log(x[7] ?? 1);
    x[8] = (x[8] ?? 0) ** 4;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = x;
    const noise = uniform() + uniform() + uniform() - 1.5;
    const y =
      10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + 4 * f + 2 * noise;
    for (const value of x) lines += `${Math.round(value * 1e6) / 1e6},`;
    lines += `${y.toFixed(4)}\n`;
    if (lines.length < 1 << 20) continue;
    if (!out.write(lines)) await once(out, 'drain');
    lines = '';
  }
  out.end(lines);
  await once(out, 'finish');
}
