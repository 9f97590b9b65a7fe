import { afterEach, describe, expect, it, vi } from 'vitest';
import { compile } from './compile.ts';
import { execute } from './execute.ts';

/** Takes more than 20,000 steps of jsonata, which evaluates `~>`, so that the processor time is looked at some times. */
const long = '{% $map([1..2000], function($n) { $n * 2 - $n + 1 - 1 }) ~> $sum %}';
const endless = '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}';

const run = (output: string = long) => {
  const machine = compile(
    {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Output: output, End: true } },
    },
    { checkStructure: false },
  );
  return execute(
    machine,
    {},
    { runTask: async () => Promise.reject(new Error('there is no task')) },
  );
};

/** A processor on which the time between two looks is always the same. */
function processorOf(msPerLook: number): () => number {
  let looks = 0;
  vi.spyOn(process, 'threadCpuUsage').mockImplementation(() => {
    looks += 1;
    return { user: looks * msPerLook * 1000, system: 0 };
  });
  return () => looks;
}

afterEach(() => vi.restoreAllMocks());

describe('the limit of an evaluation', () => {
  it('counts its own processor time, not that of the others at the same time', async () => {
    const looks = processorOf(1);
    await run();
    const own = looks() - 1;
    expect(own).toBeGreaterThan(1);
    vi.restoreAllMocks();

    // Alone, it takes nine tenths of the limit; ten at once take nine times the limit.
    processorOf(1800 / own);
    const results = await Promise.all(Array.from({ length: 10 }, () => run()));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });

  it('ends what would never end, and is told as an error of the query', async () => {
    processorOf(900);
    const result = await run(endless);
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining('2000 ms of processor time'),
    });
  });
});
