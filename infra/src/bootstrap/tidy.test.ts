import { expect, test } from 'vitest';
import type { Stages } from './app.ts';
import { placeOf } from './arns.ts';
import { type Images, tidy } from './tidy.ts';

const all: Stages = {
  repository: { name: 'acme/chorus', id: 7 },
  stages: { staging: { region: 'eu-central-1' } },
  preview: { region: 'us-east-1' },
};

/** Tidies up against doubles, and returns what was run. */
async function run(stage: string, images: Images) {
  const ran: (readonly string[])[] = [];
  const error = await tidy(all, stage, ['one', 'two'], {
    lookAround: async (region) => ({
      place: placeOf('111122223333', region),
      hasProvider: true,
    }),
    images: async () => images,
    cdk: async (parameters) => void ran.push(parameters),
    say: () => undefined,
  }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ran };
}

test('what no stack has had for a month is removed, of the bootstrap of the stage alone', async () => {
  const { error, ran } = await run('staging', { live: 'sha256:a', next: 'sha256:a' });
  expect(error).toBeUndefined();
  const [parameters = []] = ran;
  expect(parameters.slice(0, 2)).toEqual(['gc', 'aws://111122223333/eu-central-1']);
  expect(parameters).toContain('chorus-toolkit-staging');
  expect(parameters[parameters.indexOf('--rollback-buffer-days') + 1]).toBe('30');
});

test('nothing is removed while what is live is not what was deployed last', async () => {
  const { error, ran } = await run('staging', { live: 'sha256:a', next: 'sha256:b' });
  expect(String(error)).toContain('release staging first');
  expect(ran).toEqual([]);
});

test('a stage that was never deployed has nothing live', async () => {
  expect((await run('staging', { live: undefined, next: undefined })).error).toBeUndefined();
});

test('previews have no version to go back to', async () => {
  const { error, ran } = await run('preview', { live: 'sha256:a', next: 'sha256:b' });
  expect(error).toBeUndefined();
  expect(ran).toHaveLength(1);
});
