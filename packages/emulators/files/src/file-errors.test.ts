import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileError, LocalCloudError } from './errors.ts';
import { explainFileError } from './file-errors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-files-'));
  await writeFile(join(folder, 'file'), '{"cut": ');
});
afterAll(() => rm(folder, { recursive: true }));

const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe('explainFileError', () => {
  it('names the file the operating system names, what is wrong and what to do', async () => {
    const below = join(folder, 'file', 'below');
    expect(explainFileError(await failure(readFile(below)), folder).message).toBe(
      `${below} is a file, or lies below one, where a folder is expected: move that file elsewhere (ENOTDIR)`,
    );
    const missing = join(folder, 'missing');
    expect(explainFileError(await failure(open(missing)), folder).message).toContain(
      `${missing} is missing`,
    );
  });

  it('names the file it is told of where the error names none', async () => {
    // Reading a folder fails at the descriptor, of which no path is known.
    const explained = explainFileError(await failure(readFile(folder)), folder);
    expect(explained.message).toBe(
      `${folder} is a folder where a file is expected: move it elsewhere (EISDIR)`,
    );
  });

  it('names both files of a rename', async () => {
    const [from, to] = [join(folder, 'file'), join(folder, 'no', 'where')];
    const { message } = explainFileError(await failure(rename(from, to)), folder);
    expect(message).toContain(`${from} or ${to} is missing`);
  });

  it('says of damaged content that it is, and keeps the cause', async () => {
    const file = join(folder, 'file');
    const cause = await failure(readFile(file, 'utf8').then((text) => JSON.parse(text)));
    const explained = explainFileError(cause, file);
    expect(explained.message).toMatch(/^\S+file is damaged.*move it elsewhere and start again$/);
    expect(explained).toMatchObject({ name: 'FileError', cause });
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EMFILE', 'ENFILE', 'EIO'])(
    'says of %s that the content is not to blame',
    (code) => {
      const error = Object.assign(new Error('x'), { code });
      const { message } = explainFileError(error, '/data');
      expect(message).toMatch(new RegExp(`^/data .*: .*\\(${code}\\)$`));
      expect(message).not.toContain('damaged');
    },
  );

  it('leaves alone what explains itself already', () => {
    const error = new FileError('another program has the folder');
    expect(explainFileError(error, '/data')).toBe(error);
  });

  it('is one line whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.string(), (thrown, message) => {
        for (const error of [thrown, new Error(`a\n${message}`)]) {
          const explained = explainFileError(error, '/data');
          expect(explained).toBeInstanceOf(LocalCloudError);
          expect(explained.message).toMatch(/^\/data [^\n\r]*$/);
        }
      }),
    );
  });
});
