import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Level, log } from './log.ts';

const levels: readonly Level[] = ['debug', 'info', 'warn', 'error'];
const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', undefined);
  vi.stubEnv('LOG_LEVEL', undefined);
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Returns the levels of which a line is written. */
function written(): readonly string[] {
  for (const level of levels) log(level, 'said', {});
  return lines.map((line) => String(JSON.parse(line).level));
}

it.each([
  [undefined, ['INFO', 'WARN', 'ERROR']],
  ['', ['INFO', 'WARN', 'ERROR']],
  ['odd', ['INFO', 'WARN', 'ERROR']],
  ['TRACE', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['debug', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['Info', ['INFO', 'WARN', 'ERROR']],
  ['WARN', ['WARN', 'ERROR']],
  ['error', ['ERROR']],
  ['FATAL', ['ERROR']],
])('the level %j lets through %j', (level, through) => {
  vi.stubEnv('LOG_LEVEL', level);
  expect(written()).toEqual(through);
});

it('Lambda’s own setting goes before that of the deployment', () => {
  vi.stubEnv('LOG_LEVEL', 'debug');
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR');
  expect(written()).toEqual(['ERROR']);
});

it('a line is JSON, with what is known', () => {
  log('warn', 'said', { id: 'r', ms: 1, ok: false, none: undefined });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.endsWith('\n')).toBe(true);
  expect(Object.entries(JSON.parse(lines[0] ?? ''))).toEqual([
    ['timestamp', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)],
    ['level', 'WARN'],
    ['message', 'said'],
    ['id', 'r'],
    ['ms', 1],
    ['ok', false],
  ]);
});
