import { checkExpandOnly } from '@chorus/migrations';
import { expect, it } from 'vitest';
import { type Migration, migrations } from './migrations.ts';

it('the migrations only add to what the code from before them uses', async () => {
  await checkExpandOnly(migrations);
  // That it would be seen: the last table taken away by a further step.
  const drop: Migration = { name: '9999-drop', sql: 'DROP TABLE abundance' };
  await expect(checkExpandOnly([...migrations, drop])).rejects.toThrow('DROP TABLE abundance');
});

it('the migrations are in the order of their names, which are their own', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].toSorted());
});
