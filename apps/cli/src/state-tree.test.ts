import { describe, expect, it } from 'vitest';
import { drawStates } from './state-tree.ts';

describe('drawStates', () => {
  it('draws states in the order in which they come, with what follows and what is in them', () => {
    const done = { Type: 'Succeed' };
    const definition = {
      StartAt: 'Choose',
      States: {
        End: done,
        Choose: {
          Type: 'Choice',
          Choices: [{ Condition: 'x', Next: 'All' }],
          Default: 'Each',
        },
        All: {
          Type: 'Parallel',
          Next: 'End',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Each' }],
          Branches: [
            { StartAt: 'A', States: { A: done } },
            { StartAt: 'B', States: { B: done } },
          ],
        },
        Each: {
          Type: 'Map',
          Next: 'End',
          ItemProcessor: { StartAt: 'C', States: { C: done } },
        },
      },
    };
    expect(drawStates(definition).split('\n')).toEqual([
      'Choose (Choice) -> Each, All',
      'Each (Map) -> End',
      '  C (Succeed)',
      'All (Parallel) -> End, Each',
      '  branch 1',
      '    A (Succeed)',
      '  branch 2',
      '    B (Succeed)',
      'End (Succeed)',
    ]);
  });
});
