import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprint } from '@chorus/service';
import { afterAll, describe, expect, it } from 'vitest';
import * as shipped from '../stages.ts';
import { optionsOfContext, type Stages } from './context.ts';
import { OptionError } from './errors.ts';
import { writePins } from './pins.ts';

const folder = mkdtempSync(join(tmpdir(), 'chorus-pins-'));
afterAll(() => rmSync(folder, { recursive: true }));

const known: Stages = {
  stages: {
    staging: { region: 'eu-west-1', access: 'iam' },
    production: { region: 'us-east-1', account: '123456789012', logDays: 90 },
  },
  preview: { region: 'us-east-2', keepsData: false },
};

function options(context: Readonly<Record<string, unknown>>, stages: Stages = known) {
  const asked: Readonly<Record<string, unknown>> = { pins: 'none', ...context };
  return optionsOfContext(
    blueprint,
    '/repository',
    { tryGetContext: (name) => asked[name] },
    stages,
  );
}

describe('optionsOfContext', () => {
  it('is production alone, with all bundles and its options in stages.ts, when nothing is asked for', () => {
    expect(options({})).toMatchObject({
      bundles: 'required',
      imageCache: 'none',
      stages: [{ name: 'production', ...known.stages['production'], pins: {}, commit: 'unknown' }],
    });
  });

  it('gives each stage its own options, and a preview those of all previews', () => {
    const { stages } = options({ stages: 'staging,pr-12,production', commit: 'abc' });
    expect(stages).toMatchObject([
      { name: 'staging', region: 'eu-west-1', access: 'iam', commit: 'abc' },
      { name: 'pr-12', region: 'us-east-2', keepsData: false, commit: 'abc' },
      { name: 'production', region: 'us-east-1', account: '123456789012', commit: 'abc' },
    ]);
    expect(stages[0]).not.toHaveProperty('account');
  });

  it('has stages of a service that can be deployed', () => {
    const { stages } = options({ stages: 'staging,production,pr-1' }, shipped);
    expect(stages.map(({ name }) => name)).toEqual(['staging', 'production', 'pr-1']);
  });

  it('takes nothing of a stage from the command line: it would be forgotten the next time', () => {
    const asked = { access: 'open', logDays: 1, reservesConcurrency: 'false', region: 'x' };
    expect(options(asked)).toEqual(options({}));
  });

  it('reads what is live from the file of each stage', () => {
    const functions = { svr: { live: '12', model: { version: 'v7', sha256: 'ab'.repeat(32) } } };
    writePins(folder, { stage: 'production', functions });
    writePins(folder, { stage: 'staging', functions: { gateway: { live: '3' } } });
    const { stages } = options({ stages: 'staging,production', pins: folder });
    expect(stages.map(({ pins }) => pins)).toEqual([{ gateway: { live: '3' } }, functions]);
  });

  it('refuses to make templates without a word about what is live', () => {
    const unpinned = () => options({ pins: undefined });
    expect(unpinned).toThrow(OptionError);
    expect(unpinned).toThrow('what `pnpm run deploy` does; to look at templates: -c pins=none');
  });

  it('says when a preview ends', () => {
    const expires = '2026-12-01T09:00:00.000Z';
    expect(options({ stages: 'pr-3', expires }).stages[0]).toMatchObject({ expires });
  });

  it.each([
    [{ pins: '/nowhere' }, '/nowhere/production.json cannot be read'],
    [{ stages: 'Prod' }, 'infra/stages.ts has no stage Prod; there are staging, production, and'],
    [{ stages: 'production,9' }, 'has no stage 9'],
    [{ stages: 'pr-0' }, 'has no stage pr-0'],
    [{ stages: 'toString' }, 'has no stage toString'],
    [{ bundles: 'none' }, '-c bundles: expected required or optional, got none'],
    [{ imageCache: 'x' }, '-c imageCache: expected none or gha, got x'],
    [{ expires: 'tomorrow' }, '-c expires: expected a time such as'],
  ])('refuses %j', (context, message) => {
    expect(() => options(context)).toThrow(OptionError);
    expect(() => options(context)).toThrow(message);
  });

  it('refuses stages.ts as a whole when two of its stages could be taken for each other', () => {
    const stages = { ...known.stages, 'staging-2': { region: 'us-east-1' } };
    expect(() => options({}, { ...known, stages })).toThrow(
      'stage staging: its names would be taken for those of the stage staging-2',
    );
  });
});
