import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { giveRows } from './give-rows.ts';

const options = { region: 'us-east-1', endpoint: 'http://127.0.0.1:1' };

/** A cloud that cannot be reached. */
const nowhere = {
  s3: new S3Client(options),
  sfn: new SFNClient(options),
  machineArn: 'm',
  bucket: 'b',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-rows-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  [
    'a, b\n1,2\n',
    'has spaces around the names of columns in its first line, which would be parts of the names: b',
  ],
  ['a ,"b "\n1,2\n', 'parts of the names: a, b'],
  ['a,b,a\n1,2,3\n', 'names the column "a" twice in its first line'],
  ['a,b,,\n1,2,3,4\n', 'names the column "" twice in its first line'],
  ['a,c\n1,2\n', 'has no column b; its first line names a, c'],
  ['a;b\n1;2\n', 'separates its columns by something else than commas'],
  ['\n\n', 'is empty'],
])('refuses a file that begins with %j before anything is sent', async (content, message) => {
  const path = join(folder, 'rows.csv');
  await writeFile(path, content);
  const given = giveRows(nowhere, { kind: 'file', path }, ['a', 'b'], 'batch');
  await expect(given).rejects.toThrow(message);
});

it('refuses a column that Step Functions would read by another name', async () => {
  const path = join(folder, 'rows.csv');
  await writeFile(path, 'a,b\\c\n1,2\n');
  const given = giveRows(nowhere, { kind: 'file', path }, ['b\\c'], 'batch');
  await expect(given).rejects.toThrow('The column b\\c has a backslash in its name');
});
