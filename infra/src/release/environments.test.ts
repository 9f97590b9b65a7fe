import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { type FakeAws, fakeAws } from './testing/fake-aws.ts';
import { liveIn } from './testing/fake-cloud.ts';
import { releaseOf } from './testing/release-of.ts';
import { smallRepository, smallService } from './testing/small-service.ts';

let repository: ReturnType<typeof smallRepository>;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
afterEach(removeAssemblies);

/** The small service, whose first function keeps so many environments ready. */
const keeping = (provisionedConcurrency: number) => ({
  ...smallService,
  functions: smallService.functions.map((spec) =>
    spec.name === 'one' ? { ...spec, provisionedConcurrency } : spec,
  ),
});

async function releasing(aws: FakeAws, commit: string, environments = 2): Promise<string[]> {
  const said: string[] = [];
  await releaseOf({
    aws,
    root: repository.root,
    commit,
    blueprint: keeping(environments),
    tell: (event) => said.push('text' in event ? event.text : ''),
  });
  return said;
}

const readyIn = ({ cloud }: FakeAws) => liveIn(cloud).ready['chorus-one'];

describe('the environments that are kept ready', () => {
  it('are those of the version that answers, release after release, in the room of two', async () => {
    const aws = fakeAws();
    for (const [index, commit] of ['a', 'b', 'c', 'd'].entries()) {
      await releasing(aws, commit);
      expect(readyIn(aws)).toEqual([`${index + 1} * 2`]);
    }
    expect(liveIn(aws.cloud).ready['chorus-two']).toEqual([]);
  });

  it('are there before a request goes to the new version, and end last of all', async () => {
    const aws = fakeAws();
    await releasing(aws, 'before');
    aws.cloud.calls.splice(0);
    await releasing(aws, 'after');
    const at = (call: string) => aws.cloud.calls.findIndex((each) => each.startsWith(call));
    expect(at('keep ready chorus-one')).toBeLessThan(at('shift chorus-one'));
    expect(at('keep ready chorus-one')).toBeGreaterThan(at('run'));
    expect(aws.cloud.calls.at(-1)).toBe('end ready chorus-one');
  });

  it.each([
    [1, ['1 * 1']],
    [0, []],
  ])(
    'are as many as the stage says, of a function that has not changed: %i',
    async (wanted, ready) => {
      const aws = fakeAws();
      await releasing(aws, 'same');
      await releasing(aws, 'same', wanted);
      expect(readyIn(aws)).toEqual(ready);
      await releasing(aws, 'same');
      expect(readyIn(aws)).toEqual(['1 * 2']);
    },
  );

  it('leave room after releases that failed, each with other code', async () => {
    const aws = fakeAws();
    await releasing(aws, 'good');
    for (const commit of ['bad', 'worse', 'worst']) {
      aws.inject({ at: /^GET/, always: true });
      await expect(releasing(aws, commit)).rejects.toThrow('smoke-test');
      expect(readyIn(aws)).toEqual(['1 * 2']);
    }
    aws.inject(undefined);
    await releasing(aws, 'mended');
    expect(readyIn(aws)).toEqual(['5 * 2']);
  });

  it('that cannot be ended leave the release good, are told, and end with the next one', async () => {
    const aws = fakeAws();
    await releasing(aws, 'before');
    aws.inject({ at: /^end ready/, always: true });
    const said = await releasing(aws, 'after');
    expect(said).toContainEqual(
      expect.stringMatching(/chorus-one may keep environments .* injected .* The release is good/),
    );
    expect(liveIn(aws.cloud).live['chorus-one']).toBe('2');
    expect(readyIn(aws)).toEqual(['1 * 2', '2 * 2']);
    await expect(releasing(aws, 'more')).rejects.toThrow('environments: injected at end ready');

    aws.inject(undefined);
    await releasing(aws, 'more');
    expect(readyIn(aws)).toEqual(['3 * 2']);
  });

  it('that Lambda cannot make end the release before a request is moved', async () => {
    const aws = fakeAws();
    await releasing(aws, 'before');
    const { functions } = aws.tools;
    const failing: FakeAws = {
      ...aws,
      tools: {
        ...aws.tools,
        functions: {
          ...functions,
          keptReady: async (name) =>
            (await functions.keptReady(name)).map((each) =>
              each.version === '2' ? { ...each, status: 'FAILED', problem: 'no capacity' } : each,
            ),
        },
      },
    };
    await expect(releasing(failing, 'after')).rejects.toThrow(
      /failed at environments: chorus-one:2 did not get the environments .*no capacity/,
    );
    expect(aws.cloud.shifts).toEqual([]);
    expect(readyIn(aws)).toEqual(['1 * 2']);
  });
});
