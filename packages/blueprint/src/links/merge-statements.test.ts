import { describe, expect, it } from 'vitest';
import { mergeStatements } from './merge-statements.ts';
import type { Statement } from './needs.ts';

const statement = (sid: string, action: string, ...buckets: readonly string[]): Statement => ({
  sid,
  actions: [action],
  resources: buckets.map((bucket) => ({ kind: 'bucket', bucket })),
});

describe('statements of the same id', () => {
  it('become one with each resource once if they allow the same', () => {
    expect(
      mergeStatements([
        statement('Read', 's3:GetObject', 'a', 'a'),
        statement('Read', 's3:GetObject', 'b', 'a'),
      ]),
    ).toEqual([statement('Read', 's3:GetObject', 'a', 'b')]);
  });

  it('are numbered if they do not, and each is merged with those of its own actions', () => {
    const [get, item, list] = [
      statement('Read', 's3:GetObject', 'a'),
      statement('Read', 'dynamodb:GetItem', 'b'),
      statement('Read', 's3:ListBucket', 'c'),
    ];
    expect(mergeStatements([get, item, list, item, get])).toEqual([
      get,
      { ...item, sid: 'Read2' },
      { ...list, sid: 'Read3' },
    ]);
  });

  it('without resources are left out, and without any there is none', () => {
    expect(mergeStatements([statement('Read', 's3:GetObject')])).toEqual([]);
    expect(mergeStatements([])).toEqual([]);
  });
});
