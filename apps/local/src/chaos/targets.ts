import { type Blueprint, physicalName } from '@chorus/blueprint';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { FaultTarget } from './fault.ts';

const prefix = physicalName('');

/** Returns the name in the blueprint of something by its physical one: `svr` of `chorus-svr`, `dead` of `chorus-dead.fifo`. */
export function logicalName(physical: string): string {
  const name = physical.startsWith(prefix) ? physical.slice(prefix.length) : physical;
  return name.replace(/\.fifo$/, '');
}

/** Returns everything that may have a fault: the blueprint's functions, tables and queues, and functions that were created since. */
export function chaosTargets(
  { tables = [], queues = [] }: Pick<Blueprint, 'tables' | 'queues'>,
  lambda: Pick<LambdaService, 'list'>,
): readonly FaultTarget[] {
  return [
    ...lambda
      .list()
      .map(({ spec }) => ({ kind: 'function', name: logicalName(spec.name) }) as const),
    ...tables.map(({ name }) => ({ kind: 'table', name }) as const),
    ...queues.map(({ name }) => ({ kind: 'queue', name }) as const),
  ];
}
