import { expect, it } from 'vitest';
import { isRetried } from './is-retried.ts';

const failed = { startedAt: 0, stoppedAt: 1, logStreamName: '' };
const spot = { ...failed, statusReason: 'Your Spot Task was interrupted.', exitCode: 137 };
const exited = { ...failed, statusReason: 'Essential container in task exited', exitCode: 1 };
const notStarted = { ...failed, statusReason: 'Task failed to start', reason: 'CannotPull: no' };
const onSpot = { onStatusReason: 'Your Spot Task was interrupted*', action: 'retry' };

it.each([
  ['no rule', [], exited, true],
  ['a rule that fits and says retry', [onSpot, { onReason: '*', action: 'EXIT' }], spot, true],
  ['a rule for any reason', [onSpot, { onReason: '*', action: 'EXIT' }], exited, false],
  ['the first rule that fits', [{ onExitCode: '1', action: 'EXIT' }, onSpot], exited, false],
  [
    'a rule of which one part does not fit',
    [{ ...onSpot, onExitCode: '1', action: 'EXIT' }],
    spot,
    true,
  ],
  ['a pattern without a star', [{ onStatusReason: 'Your Spot', action: 'EXIT' }], spot, true],
  ['an exit code by its beginning', [{ onExitCode: '13*', action: 'EXIT' }], spot, false],
  ['a reason', [{ onReason: 'CannotPull*', action: 'exit' }], notStarted, false],
  ['an exit code that there is not', [{ onExitCode: '1', action: 'exit' }], notStarted, true],
])('%s decides', (_name, evaluateOnExit, attempt, expected) => {
  expect(isRetried({ attempts: 2, evaluateOnExit }, [attempt])).toBe(expected);
  expect(isRetried({ attempts: 2, evaluateOnExit }, [attempt, attempt])).toBe(false);
});
