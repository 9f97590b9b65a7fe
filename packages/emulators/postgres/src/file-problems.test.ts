import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError } from '@chorus/emulator-files';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { explainDatabaseError } from './file-problems.ts';
import { postgresVersion } from './open-pglite.ts';
import { type ProcessOptions, startPostgres } from './start-postgres.ts';

// Each starts several databases, a second of processor time each.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let directory: string;
const optionsOf = (folder: string): ProcessOptions => ({
  directory: join(directory, folder),
  name: 'features-db',
  addresses: ['127.0.0.1'],
  password: 'local',
  compileCache: join(tmpdir(), 'node-compile-cache'),
  onEnd: () => {},
});

async function openIn(folder: string): Promise<void> {
  const database = await startPostgres(optionsOf(folder));
  await database.ready;
  await database.close();
}

/** Returns every file of a folder, and what is in it. */
async function contentOf(folder: string): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      content.set(file, await readFile(file, 'base64'));
    }
  return content;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-problems-'));
  await openIn('sound');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('knows the version of its own files', async () => {
  const file = join(directory, 'sound/features-db/cluster/PG_VERSION');
  expect(await readFile(file, 'utf8')).toBe(`${postgresVersion}\n`);
});

describe('files that cannot be used are named in one line, and left as they are', () => {
  it.each([
    [
      'without a control file',
      (files: string) => rm(join(files, 'cluster/global/pg_control')),
      /features-db is damaged: move or delete that folder/,
    ],
    [
      'with another control file',
      (files: string) => writeFile(join(files, 'cluster/global/pg_control'), 'x'.repeat(8192)),
      /features-db is damaged: move or delete that folder/,
    ],
    [
      'of another version',
      (files: string) => writeFile(join(files, 'cluster/PG_VERSION'), '9\n'),
      new RegExp(`was written by PostgreSQL 9, and this one is ${postgresVersion}: move or delete`),
    ],
    [
      'without its cluster',
      (files: string) => rm(join(files, 'cluster'), { recursive: true }),
      /PG_VERSION is missing/,
    ],
    [
      'of something else',
      async (files: string) => {
        await rm(files, { recursive: true });
        await mkdir(files);
        await writeFile(join(files, 'notes.txt'), 'keep me');
      },
      /features-db holds notes\.txt and is no database of the local cloud: move it elsewhere/,
    ],
    [
      'that are one file',
      async (files: string) => {
        await rm(files, { recursive: true });
        await writeFile(files, 'keep me');
      },
      /features-db is in the way: move it elsewhere/,
    ],
  ])('%s', async (name, damage, message) => {
    const files = join(directory, name, 'features-db');
    await cp(join(directory, 'sound/features-db'), files, { recursive: true });
    await damage(files);
    const before = await contentOf(join(directory, name));
    const error: unknown = await openIn(name).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PostgresError', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('\n');
    const after = await contentOf(join(directory, name));
    for (const [file, content] of before) expect(after.get(file), file).toBe(content);
  });
});

it('with too few open files says so, and does not blame the database', async () => {
  const start = join(import.meta.dirname, 'start-postgres.ts');
  const script = `
    const { startPostgres } = await import(${JSON.stringify(start)});
    const options = ${JSON.stringify(optionsOf('few'))};
    startPostgres({ ...options, onEnd() {} }).then(({ ready }) => ready).catch((error) => {
      console.log(error.message);
      process.exit(1);
    });`;
  const child = spawn(
    'sh',
    ['-c', 'ulimit -n 64; exec "$0" --input-type=module --eval "$1"', process.execPath, script],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  expect((await once(child, 'close'))[0]).toBe(1);
  expect(said).toMatch(/^The embedded PostgreSQL .* too many open files: raise the limit.*\n$/);
  expect(said).not.toMatch(/delete/i);
});

it('on a full disk says so, whatever PGlite says', async () => {
  const files = join(directory, 'full');
  await symlink('/dev/full', `${files}.probe`);
  const full = await explainDatabaseError(new Error('Aborted()'), files);
  expect(full).toBeInstanceOf(FileError);
  expect(full.message).toContain('because the disk is full: free some space');
  // With space again it is the files.
  expect((await explainDatabaseError(new Error('Aborted()'), files)).message).toContain('damaged');
});
