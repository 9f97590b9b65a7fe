import { describe, expect, it } from 'vitest';
import { BlueprintError } from '../errors.ts';
import { linkedBlueprint } from '../testing/links.ts';
import { bucket } from './bucket.ts';
import { needsOfWorkflow } from './needs-of-workflow.ts';
import { table } from './table.ts';

describe('a workflow', () => {
  it('without links needs nothing', () => {
    expect(needsOfWorkflow({ name: 'price' }, linkedBlueprint)).toEqual({
      variables: {},
      statements: [],
    });
  });

  it('may name what its links name, and use it as they say', () => {
    const links = [
      table('reviews', { access: 'write' }),
      bucket('photos', { access: 'write', prefix: 'in/' }),
    ];
    const { variables, statements } = needsOfWorkflow({ name: 'price', links }, linkedBlueprint);
    expect(variables).toEqual({
      REVIEWS_TABLE: { kind: 'table', table: 'reviews' },
      PHOTOS_BUCKET: { kind: 'bucket', bucket: 'photos' },
    });
    expect(statements.map(({ sid }) => sid)).toEqual(['WriteReviews', 'WritePhotos']);
  });

  it.each([
    [
      'a table that is not there',
      [table('nothing', { access: 'read' })],
      'there is no table nothing',
    ],
    [
      'a prefix that shows other keys than it covers',
      [bucket('photos', { access: 'read', prefix: 'in' })],
      'has to end in one slash',
    ],
  ])('is refused for %s', (_what, links, message) => {
    const needs = () => needsOfWorkflow({ name: 'price', links }, linkedBlueprint);
    expect(needs).toThrow(BlueprintError);
    expect(needs).toThrow(`price: `);
    expect(needs).toThrow(message);
  });
});
