/** `pnpm draw`: puts the picture of all packages, made from their imports, into ARCHITECTURE.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drawPackages, withPicture } from './draw-packages.ts';
import { packageImports } from './package-imports.ts';

const root = resolve(import.meta.dirname, '../..');
const file = join(root, 'ARCHITECTURE.md');
const packages = packageImports(root);
writeFileSync(file, withPicture(readFileSync(file, 'utf8'), drawPackages(packages)));
console.log(`ARCHITECTURE.md shows ${packages.length} packages.`);
