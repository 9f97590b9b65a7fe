import { expect, it } from 'vitest';
import { StatesError } from './errors.ts';
import type { TaskRequest } from './execution.ts';
import type { Place } from './journal.ts';
import { redrivenPlaces } from './redrive.ts';
import { emptyDisk, graph, machine, run, task } from './testing/run-standard.ts';

it('runs what has not succeeded, and nothing else', async () => {
  const definition = machine({
    A: task({ Arguments: 'a', Next: 'P' }),
    P: {
      Type: 'Parallel',
      Branches: [
        graph({ P1: task({ Arguments: 'p1', End: true }) }),
        graph({
          P2: task({ Arguments: 'p2', Next: 'P3' }),
          P3: task({ Arguments: 'p3', End: true }),
        }),
      ],
      End: true,
    },
  });
  const disk = emptyDisk();
  let down = true;
  const asked: unknown[] = [];
  const runTask = async ({ arguments: given }: TaskRequest) => {
    asked.push(given);
    if (given === 'p3' && down) throw new StatesError('Down', '');
    return given;
  };
  expect(await run(definition, {}, { disk, runTask })).toMatchObject({ status: 'FAILED' });
  expect(asked).toEqual(['a', 'p1', 'p2', 'p3']);
  down = false;
  asked.length = 0;
  const places = new Map(
    [...disk.places].map(([path, text]): [string, Place] => [path, JSON.parse(text)]),
  );
  const again = redrivenPlaces(places, disk.events.length);
  disk.places = new Map([...again].map(([path, place]) => [path, JSON.stringify(place)]));
  const result = await run(definition, {}, { disk, runTask });
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: ['p1', 'p3'] });
  expect(asked).toEqual(['p3']);
});
