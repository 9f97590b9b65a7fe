import { BlueprintError } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { expect, it } from 'vitest';
import { stages } from '../stages.ts';
import { partOfStage } from './part-of-stage.ts';

const [[stage, spec] = []] = Object.entries(stages);

it.each([
  [
    {
      queues: [
        ...(blueprint.queues ?? []),
        { name: 'work', purpose: '', consumer: { function: 'nobody' } },
      ],
    },
    'there is no function nobody to consume it',
  ],
  [
    {
      buses: [
        ...(blueprint.buses ?? []),
        {
          name: 'news',
          purpose: '',
          rules: [{ name: 'all', pattern: {}, target: { queue: 'no' } }],
        },
      ],
    },
    'rule all of the bus news: the pattern is an empty object',
  ],
  [
    {
      schedules: [
        ...(blueprint.schedules ?? []),
        { name: 'daily', purpose: '', expression: 'daily', target: { queue: 'no' } },
      ],
    },
    'schedule daily: "daily" is no schedule',
  ],
])('what contradicts itself is refused before anything is deployed (%#)', (more, message) => {
  if (stage === undefined || spec === undefined) throw new Error('there is no stage');
  const part = () => partOfStage(stage, spec, { ...blueprint, ...more });
  expect(part).toThrow(BlueprintError);
  expect(part).toThrow(message);
});
