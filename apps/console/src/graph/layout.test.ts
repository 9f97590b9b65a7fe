import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlacedMachine, place } from './layout.ts';
import { type Machine, readMachine, type State } from './machine.ts';

describe('readMachine', () => {
  it('reads transitions of each kind, and the machines in states', () => {
    const machine = readMachine({
      StartAt: 'Check',
      States: {
        Check: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $ok %}', Next: 'Each' }],
          Default: 'No',
        },
        Each: {
          Type: 'Map',
          Next: 'No',
          Catch: [{ ErrorEquals: ['A', 'B'], Next: 'No' }],
          ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass' } } },
        },
        No: { Type: 'Fail' },
      },
    });
    expect(machine.states.map(({ name, transitions }) => [name, transitions])).toEqual([
      [
        'Check',
        [
          { to: 'Each', kind: 'choice', because: '$ok', label: '$ok' },
          { to: 'No', kind: 'otherwise', because: 'otherwise', label: 'otherwise' },
        ],
      ],
      [
        'Each',
        [
          { to: 'No', kind: 'next', because: '', label: '' },
          { to: 'No', kind: 'catch', because: 'A, B', label: 'A, B' },
        ],
      ],
      ['No', []],
    ]);
    expect(machine.states[1]?.inner[0]?.states[0]?.name).toBe('In');
  });

  it('says why a transition is taken in a few words, also in the machines in states', () => {
    const branch = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          End: true,
          Catch: [
            { ErrorEquals: ['States.ALL'], Next: 'Judge' },
            { ErrorEquals: ['States.QueryEvaluationError'], Next: 'Judge' },
          ],
        },
        Judge: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $count($failed) > 0 and\n $tries < 4 %}', Next: 'Ask' }],
          Default: 'End',
        },
        End: { Type: 'Succeed' },
      },
    };
    const machine = readMachine({
      StartAt: 'All',
      States: { All: { Type: 'Parallel', Branches: [branch], End: true } },
    });
    const states = machine.states[0]?.inner[0]?.states ?? [];
    expect(states.map(({ transitions }) => transitions.map(({ label }) => label))).toEqual([
      ['any error'],
      ['$count($failed) > 0 and $…', 'otherwise'],
      [],
    ]);
  });
});

/** Machines of a few states with any transitions among them, and machines in some. */
const machines = (depth: number): fc.Arbitrary<Machine> =>
  fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 })
    .chain((names) =>
      fc
        .tuple(
          ...names.map(
            (name): fc.Arbitrary<State> =>
              fc.record({
                name: fc.constant(name),
                type: fc.constant('Pass'),
                comment: fc.constant(''),
                transitions: fc.array(
                  fc.record({
                    to: fc.constantFrom(...names),
                    kind: fc.constantFrom('next', 'choice', 'otherwise', 'catch'),
                    because: fc.constant(''),
                    label: fc.string({ maxLength: 26 }),
                  }),
                  { maxLength: 3 },
                ),
                inner:
                  depth === 0 ? fc.constant([]) : fc.array(machines(depth - 1), { maxLength: 2 }),
              }),
          ),
        )
        .map((states) => ({ start: names[0] ?? '', states })),
    );

/** Asserts that everything is where it can be seen: in its machine, no state on another, and no label on a state. */
function assertSeen({ states, transitions, width, height }: PlacedMachine): void {
  for (const { label } of transitions) {
    if (label === undefined) continue;
    const { x, y } = label;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(height);
    const isOnState = states.some(
      (state) =>
        x > state.x && x < state.x + state.width && y > state.y && y < state.y + state.height,
    );
    expect(isOnState).toBe(false);
  }
  for (const [index, one] of states.entries()) {
    expect(one.x).toBeGreaterThanOrEqual(0);
    expect(one.y).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width).toBeLessThanOrEqual(width + 0.01);
    expect(one.y + one.height).toBeLessThanOrEqual(height + 0.01);
    for (const other of states.slice(index + 1)) {
      const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
      const isAbove = one.y + one.height <= other.y || other.y + other.height <= one.y;
      expect(isBeside || isAbove).toBe(true);
    }
    for (const { machine, x, y } of one.inner) {
      expect(x + machine.width).toBeLessThanOrEqual(one.width);
      expect(y + machine.height).toBeLessThanOrEqual(one.height);
      assertSeen(machine);
    }
  }
}

describe('place', () => {
  it('lays any machine out so that all of it is seen', () => {
    fc.assert(
      fc.property(machines(1), (machine) => assertSeen(place(machine))),
      { numRuns: 60 },
    );
  });
});
