import { expect, it } from 'vitest';
import { isReadyEvent } from './ready-event.ts';

it('the event that asks whether a function is ready is one object and no other', () => {
  const events = [
    { chorus: 'ready' },
    { chorus: 'ready', more: 1 },
    { chorus: 'migrate' },
    { chorus: true },
    { ready: 'chorus' },
    {},
    [],
    ['ready'],
    null,
    undefined,
    'ready',
    5,
  ];
  expect(events.map(isReadyEvent)).toEqual(events.map((_, index) => index < 2));
});
