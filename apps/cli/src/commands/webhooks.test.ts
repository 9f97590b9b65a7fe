import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

let stores: RunningStores;
let env: Record<string, string>;
beforeEach(async () => {
  stores = await startStores();
  env = { AWS_ENDPOINT_URL: stores.url, AWS_REGION: 'us-east-1' };
});
afterEach(() => stores.remove());

const chorus = (...words: readonly string[]) => runCommand(['webhooks', ...words], env);
const url = 'https://hooks.example.com/told';

describe('chorus webhooks', () => {
  it('adds a URL, shows its secret once, lists it and removes it', async () => {
    expect((await chorus('list')).stdout).toContain('No webhook is registered');
    const added = await chorus('add', 'https://hooks.example.com/x/../told');
    expect(added).toMatchObject({ code: 0 });
    expect(added.stdout).toContain(`Registered ${url}`);
    expect(added.stdout).toMatch(/whsec_[A-Za-z0-9+/]{43}=/);
    expect(added.stdout).toContain(`?async=1&webhook=${encodeURIComponent(url)}`);

    const again = await chorus('add', url);
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain(`${url} is registered already`);

    const listed = await chorus('list');
    expect(listed.stdout).toContain(url);
    expect(listed.stdout).not.toContain('whsec_');
    expect(JSON.parse((await chorus('list', '--json')).stdout)).toEqual([
      { url, addedAt: expect.any(String) },
    ]);

    expect(await chorus('remove', url)).toMatchObject({ code: 0 });
    expect((await chorus('remove', url)).stderr).toContain('is not registered');
  });

  it('gives one JSON document, and finds a URL without its last slash', async () => {
    const { stdout } = await chorus('add', 'https://hooks.example.com', '--json');
    expect(JSON.parse(stdout)).toEqual({
      url: 'https://hooks.example.com/',
      secret: expect.stringMatching(/^whsec_/),
    });
    expect(
      JSON.parse((await chorus('remove', 'https://hooks.example.com', '--json')).stdout),
    ).toEqual({
      removed: 'https://hooks.example.com/',
    });
  });

  it('takes URLs of this machine for the local cloud only', async () => {
    const here = 'http://127.0.0.1:9000/told';
    expect((await chorus('add', here)).code).toBe(0);
    expect(await chorus('add', here, '--aws')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('which AWS cannot reach'),
    });
  });

  it.each([
    ['hooks', 'it is no URL'],
    ['http://hooks.example.com/', 'begin with https://'],
    ['https://10.0.0.1/', 'no public address'],
    ['https://hooks.example.com/?a=1', 'leave its query out'],
  ])('does not add %s', async (text, why) => {
    const { code, stderr } = await chorus('add', text);
    expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
    expect(stderr).toContain('cannot be registered');
  });

  it('says so where the stage has no webhooks', async () => {
    const { code, stderr } = await chorus('list', '--aws', '--stage', 'staging');
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no table of webhooks')]);
  });
});
