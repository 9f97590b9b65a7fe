import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { drawPackages, withPicture } from './draw-packages.ts';
import { circles, packageImports } from './package-imports.ts';

const root = resolve(import.meta.dirname, '../..');
const packages = packageImports(root);

it('is shown in ARCHITECTURE.md as the code is: after a change, run `npx -y pnpm@12 draw`', () => {
  const document = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  expect(document).toBe(withPicture(document, drawPackages(packages)));
});

it('has no circles', () => {
  expect(circles(packages)).toEqual([]);
});

it('leaves out arrows that follow from others', () => {
  const drawn = drawPackages([
    { name: '@chorus/a', folder: 'apps/a', imports: ['@chorus/b', '@chorus/c'] },
    { name: '@chorus/b', folder: 'packages/b', imports: ['@chorus/c'] },
    { name: '@chorus/c', folder: 'packages/functions/c', imports: [] },
  ]);
  expect(drawn.split('\n').filter((line) => line.includes('-->'))).toEqual([
    '  a --> b',
    '  b --> c',
  ]);
  expect(drawn).toContain('subgraph in_packages_functions [packages/functions]');
});

it('does not change when another model is added', () => {
  const linear = {
    name: '@chorus/linear',
    folder: 'packages/models/linear',
    imports: ['@chorus/b'],
  };
  const others = [
    { name: '@chorus/a', folder: 'apps/a', imports: ['@chorus/linear'] },
    { name: '@chorus/b', folder: 'packages/b', imports: [] },
  ];
  const forest = { ...linear, name: '@chorus/forest', folder: 'packages/models/forest' };
  const drawn = drawPackages([...others, linear]);
  expect(drawPackages([...others, linear, forest])).toBe(drawn);
  expect(drawn).toContain('  a --> models\n  models --> b');
});

it('names each circle once', () => {
  const circle = [
    { name: '@chorus/a', folder: 'a', imports: ['@chorus/b'] },
    { name: '@chorus/b', folder: 'b', imports: ['@chorus/a'] },
  ];
  expect(circles(circle)).toEqual([['@chorus/b', '@chorus/a']]);
});

it('asks for its place in the document', () => {
  expect(() => withPicture('# no marks', 'flowchart')).toThrow('no marks');
});
