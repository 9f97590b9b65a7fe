import fc from 'fast-check';
import { graph, task } from './run-standard.ts';

/** Graphs of every kind of state, up to a depth; every state has a name of its own. */
export function graphs(depth: number, prefix: string): fc.Arbitrary<object> {
  const leaf = fc.constantFrom<object>(
    { Type: 'Pass', Output: '{% {"was": $states.input} %}' },
    // An inner graph must not assign what an outer one does.
    { Type: 'Pass', Assign: { [`of${prefix}`]: `{% [$of${prefix}, 1] %}` } },
    { Type: 'Wait', Seconds: 60 },
    task({}),
    task({ Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 5 }], Arguments: { flaky: true } }),
    task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last' }], Arguments: { fails: true } }),
  );
  const inner = (place: number): fc.Arbitrary<object> =>
    depth === 0
      ? leaf
      : fc.oneof(
          { weight: 3, arbitrary: leaf },
          {
            weight: 1,
            arbitrary: fc
              .tuple(
                graphs(depth - 1, `${prefix}${place}a`),
                graphs(depth - 1, `${prefix}${place}b`),
              )
              .map((Branches) => ({ Type: 'Parallel', Branches })),
          },
          {
            weight: 1,
            arbitrary: graphs(depth - 1, `${prefix}${place}m`).map((ItemProcessor) => ({
              Type: 'Map',
              Items: [1, 2, 3],
              MaxConcurrency: 2,
              ItemProcessor,
            })),
          },
        );
  return fc.array(fc.integer(), { minLength: 1, maxLength: 4 }).chain((list) =>
    fc.tuple(...list.map((_, place) => inner(place))).map((states) => {
      const names = states.map((_, place) => `${prefix}${place}`);
      const named = states.map((state, place) => {
        const next = { Next: names[place + 1] ?? `${prefix}last` };
        const text = JSON.stringify({ ...state, ...next }).replaceAll('"Last"', `"${prefix}last"`);
        return [names[place], JSON.parse(text)];
      });
      const last = { Type: 'Pass', Output: '{% [$states.input] %}', End: true };
      return graph({ ...Object.fromEntries(named), [`${prefix}last`]: last });
    }),
  );
}
