import { expect, it } from 'vitest';
import { checkMachines } from './check-machines.ts';
import { idempotent } from './idempotency/idempotent.ts';

const named = (name: string) => ({ name }) as never;

it('lets names be that differ', () => {
  expect(() => checkMachines({ workflows: [named('a'), named('b')] })).not.toThrow();
  expect(() =>
    checkMachines({ workflows: [named('a')], machines: [named('a-later')] }),
  ).not.toThrow();
});

it('refuses a workflow by the name of a machine that answers for others', () => {
  const { machines } = idempotent([{ method: 'POST', path: '/predict/once', workflow: 'once' }]);
  const workflows = machines.map(({ name }) => named(name));
  expect(() => checkMachines({ workflows, machines })).toThrow(
    'there are two state machines with the name once: give the workflow once another name',
  );
});
