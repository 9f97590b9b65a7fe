import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedFunctions } from './asked-functions.ts';

const ask = (name: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: `\${${name}}` },
  ...more,
});

const answer = { Type: 'Pass', Output: { statusCode: 200, body: {} }, End: true };

describe('askedFunctions', () => {
  it('counts what is asked at once, and what waits for another', () => {
    const definition = {
      StartAt: 'Gather',
      States: {
        Gather: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'A', States: { A: ask('a') } },
            { StartAt: 'B', States: { B: ask('b', { Next: 'C' }), C: ask('c') } },
          ],
          Next: 'D',
        },
        D: ask('d', { Next: 'Answer' }),
        Answer: answer,
      },
    };
    const all = { functions: ['a', 'b', 'c', 'd'], inTurn: 3 };
    expect(askedFunctions(definition)).toEqual({ least: all, most: all });
  });

  it('knows the ways that end well, and leaves out what follows a failure', () => {
    const definition = {
      StartAt: 'Check',
      States: {
        Check: { Type: 'Choice', Choices: [{ Next: 'Small' }], Default: 'Refuse' },
        Refuse: { Type: 'Pass', Output: { statusCode: '{% $status %}' }, End: true },
        Small: ask('small', { Next: 'Enough', Catch: [{ Next: 'Instead' }] }),
        Instead: ask('instead', { Next: 'Answer' }),
        Enough: { Type: 'Choice', Choices: [{ Next: 'Answer' }], Default: 'Large' },
        Large: ask('large', { Next: 'Answer' }),
        Answer: answer,
      },
    };
    expect(askedFunctions(definition)).toEqual({
      least: { functions: ['small'], inTurn: 1 },
      most: { functions: ['small', 'large'], inTurn: 2 },
    });
  });

  it('asks one item of a Map, and nothing again', () => {
    const inner = {
      StartAt: 'Ask',
      States: {
        Ask: ask('a', { Next: 'Again' }),
        Again: { Type: 'Choice', Choices: [{ Next: 'Wait' }], Default: 'End' },
        Wait: { Type: 'Wait', Seconds: 1, Next: 'Ask' },
        End: { Type: 'Succeed' },
      },
    };
    const definition = {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemProcessor: inner, End: true } },
    };
    expect(askedFunctions(definition).most).toEqual({ functions: ['a'], inTurn: 1 });
  });

  it('asks nothing where no function is', () => {
    const nothing = { functions: [], inTurn: 0 };
    const put = {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:putItem',
      Arguments: {},
      End: true,
    };
    for (const definition of [undefined, {}, { StartAt: 'Put', States: { Put: put } }])
      expect(askedFunctions(definition)).toEqual({ least: nothing, most: nothing });
  });

  it('never asks more at least than at most, however states are joined', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const next = fc.constantFrom(...names);
    const state = fc.oneof(
      next.map((to) => ask('f', { Next: to })),
      fc.tuple(next, next).map(([to, other]) => ({
        Type: 'Choice',
        Choices: [{ Next: to }],
        Default: other,
      })),
      fc.constant(answer),
      fc.constant({ Type: 'Fail' }),
    );
    fc.assert(
      fc.property(fc.tuple(state, state, state, state, state), (states) => {
        const definition = {
          StartAt: 'A',
          States: Object.fromEntries(names.map((name, index) => [name, states[index]])),
        };
        const { least, most } = askedFunctions(definition);
        expect(least.functions.length).toBeLessThanOrEqual(most.functions.length);
        expect(most.functions.length).toBeLessThanOrEqual(names.length);
      }),
    );
  });
});
