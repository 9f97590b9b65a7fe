import { blueprint } from '@chorus/service';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

describe('chorus cost', () => {
  it('prints both bills, their totals, and the date of the prices', async () => {
    const { code, stdout } = await runCommand(['cost', '--requests', '1M', '--memory', '1024'], {});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^production, without any request +\$ a month$/m);
    const models = blueprint.workflows[0]?.functions.length;
    expect(stdout).toContain(
      `1,000,000 requests a month to ${models} functions of ${blueprint.workflows[0]?.name}`,
    );
    expect(stdout).toMatch(/API Gateway, REST +1,000,000 requests +\$3\.50/);
    expect(stdout.match(/^total +\$[\d.]+$/gm)).toHaveLength(3);
    expect(stdout).toMatch(/prices\.ts on \d{4}-\d{2}-\d{2}/);
  });

  it('says what a million requests cost, also of none', async () => {
    const lineOf = async (requests: string) =>
      (await runCommand(['cost', '--requests', requests], {})).stdout
        .split('\n')
        .find((line) => line.includes('per million requests'));
    const { stdout } = await runCommand(['cost', '--requests', '2M', '--json'], {});
    const each = JSON.parse(stdout).serverless.total / 2;
    expect(await lineOf('2M')).toContain(`$${each.toFixed(2)} per million requests`);
    expect(await lineOf('0')).toContain('$0.00 per million requests');
  });

  it('prints one JSON document with what it reckoned from', async () => {
    const argv = 'cost --requests 50k --memory 512 --duration 1.5s --models 2 --cold 2% --json';
    const { stdout } = await runCommand(argv.split(' '), {});
    const answer = JSON.parse(stdout);
    expect(answer.traffic).toEqual({
      requests: 50_000,
      functions: Array.from({ length: 2 }, () => ({ memoryMb: 512, architecture: 'arm64' })),
      inTurn: 1,
      writes: 0,
      durationMs: 1500,
      coldShare: 0.02,
      coldMs: 400,
      architecture: 'arm64',
      peakPerSecond: 1,
    });
    // 98,000 warm invocations of 1.5 s and 2,000 of 1.9 s, half a GB of arm64 each.
    const lambda = answer.serverless.lines.find((line: { what: string }) =>
      line.what.startsWith('Lambda'),
    );
    expect(lambda.cost).toBeCloseTo(
      100_000 * 0.2e-6 + (98_000 * 1.5 + 2_000 * 1.9) * 0.5 * 0.0000133334,
      6,
    );
    expect(answer.container.total).toBeGreaterThan(answer.serverless.total);
  });

  it('says at how many requests both cost the same', async () => {
    const { stdout } = await runCommand(['cost', '--json'], {});
    const { breakEvenRequests } = JSON.parse(stdout);
    const shown = Math.round(breakEvenRequests).toLocaleString('en-US');
    expect((await runCommand(['cost'], {})).stdout).toContain(
      `Both cost the same at ${shown} requests a month with this peak.\n`,
    );
  });

  it('tells what a stage costs without any request, beside containers', async () => {
    const { stdout } = await runCommand(['cost', '--requests', '0', '--json'], {});
    const { serverless, atRest, container } = JSON.parse(stdout);
    expect(serverless.total).toBe(0);
    expect(atRest.stage).toBe('production');
    // Alarms, images and weights at least.
    expect(atRest.lines.length).toBeGreaterThanOrEqual(3);
    expect(atRest.total).toBeGreaterThan(0.4);
    expect(container.total).toBeGreaterThan(50);
    const shown = await runCommand(['cost', '--requests', '0'], {});
    expect(shown.stdout).toContain(
      `production with these requests: $${atRest.total.toFixed(2)} a month.`,
    );
  });

  it('knows what the stages of infra/stages.ts leave out', async () => {
    const totalOf = async (stage: string) => {
      const { stdout } = await runCommand(['cost', '--requests', '0', '--stage', stage, '--json']);
      return JSON.parse(stdout).atRest.total;
    };
    expect(await totalOf('pr-12')).toBeLessThan(await totalOf('production'));
    const { code, stderr } = await runCommand(['cost', '--stage', 'nowhere']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no stage 'nowhere' in infra/stages.ts"),
    });
  });

  it('tells what each workflow costs, and what a stage with it alone costs at rest', async () => {
    const { stdout } = await runCommand(['cost', '--requests', '2M', '--json'], {});
    const { workflows, serverless, atRest } = JSON.parse(stdout);
    expect(workflows.map(({ name }: { name: string }) => name)).toEqual(
      blueprint.workflows.map(({ name }) => name),
    );
    expect(workflows[0].most.month).toBeCloseTo(serverless.total, 9);
    for (const { name, least, most, atRest: alone } of workflows) {
      const asked = blueprint.workflows.find((each) => each.name === name)?.functions ?? [];
      const names = asked.map((each) => each.name);
      expect(names).toEqual(
        expect.arrayContaining(most.functions.map(({ name: n }: { name: string }) => n)),
      );
      expect(least.perMillion).toBeGreaterThan(3.5);
      expect(least.perMillion).toBeLessThanOrEqual(most.perMillion);
      expect(alone).toBeLessThanOrEqual(atRest.total);
    }
    const { stdout: text } = await runCommand(['cost'], {});
    for (const { name } of workflows)
      expect(text).toMatch(new RegExp(`^${name} +\\d.* functions +\\$[\\d. to$]+$`, 'm'));
  });

  it('prints the bill of the workflow that is named', async () => {
    const last = blueprint.workflows.at(-1)?.name ?? '';
    const { stdout } = await runCommand(['cost', last, '--json'], {});
    const answer = JSON.parse(stdout);
    expect(answer.workflow).toBe(last);
    expect(answer.workflows.at(-1).most.month).toBeCloseTo(answer.serverless.total, 9);
    const { code, stderr } = await runCommand(['cost', `${last}s`], {});
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`Did you mean ${last}?`),
    });
  });

  it('reckons with the processor of the stage, or with the other', async () => {
    const architectureOf = async (...argv: readonly string[]) =>
      JSON.parse((await runCommand(['cost', '--json', ...argv])).stdout).traffic.architecture;
    expect(await architectureOf()).toBe('arm64');
    expect(await architectureOf('--x86')).toBe('x64');
  });

  it.each([
    [['--requests', 'many'], '--requests takes a count such as 800, 50k or 1M'],
    [['--memory', '64'], '--memory takes 128 to 10240 MB'],
    [['--models', '0'], '--models has to be more than 0'],
    [[blueprint.workflows[0]?.name ?? '', '--models', '2'], '--models is instead of a workflow'],
    [['--duration', '20'], '--duration takes a duration'],
    [['--cold', '120%'], '--cold is at most 100%'],
    [['--request', '1'], 'Did you mean --requests?'],
  ])('refuses %j and says what it takes', async (argv, message) => {
    const { code, stderr } = await runCommand(['cost', ...argv], {});
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
