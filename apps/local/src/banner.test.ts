import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { describe, expect, it } from 'vitest';
import { banner } from './banner.ts';

describe('what start prints', () => {
  it.each(['/home/me/chorus', "/home/me/my projects/cho'rus ü"])(
    'is a line to paste where the repository is %s',
    async (folder) => {
      const passwordFile = `${folder}/.chorus/features-db.pgpass`;
      const printed = banner({
        url: 'http://127.0.0.1:8787',
        credentials: testCredentials,
        live: {},
        notServed: [],
        workflows: [],
        pages: [],
        features: {
          databaseUrl: 'postgres://postgres@127.0.0.1:5432/postgres',
          cacheUrl: 'redis://127.0.0.1:6379',
          passwordFile,
        },
        directory: '.chorus',
        milliseconds: 1,
      });
      const [, line = ''] = /Features of places: +(.*), cached/.exec(printed) ?? [];
      const psql = 'psql() { printf %s "$PGPASSFILE"; }';
      const { stdout } = await promisify(execFile)('sh', ['-c', `${psql}; ${line}`]);
      expect(stdout).toBe(passwordFile);
    },
  );
});
