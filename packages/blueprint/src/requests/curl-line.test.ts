import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { curlLine } from './curl-line.ts';

/** Stands for curl in a shell: prints its last argument. */
const curl = 'curl() { for last; do :; done; printf %s "$last"; }';

describe('the line for a terminal', () => {
  it.each([
    { "it's": 1 },
    { 'quo"te': "'" },
    { $x: '`id`', 'back\\slash': '$(id)' },
    { größe: '😀\n' },
  ])('hands on %j as it is', async (body) => {
    const line = curlLine('http://127.0.0.1:8787', 'some', body);
    const { stdout } = await promisify(execFile)('sh', ['-c', `${curl}; ${line}`]);
    expect(JSON.parse(stdout)).toEqual(body);
  });
});
