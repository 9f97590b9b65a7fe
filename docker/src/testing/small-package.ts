import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A function's package in a folder. */
export interface SmallPackage {
  /** The content of `src/main.ts`. */
  readonly code: string;
  /** The packages that it may import: name -> folder of that package. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Writes a package that can be bundled, with the dependencies as pnpm links them. @returns its folder */
export function smallPackage(folder: string, { code, dependencies }: SmallPackage): string {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    '{"name":"@chorus/small","version":"0.0.0","type":"module"}',
  );
  writeFileSync(join(folder, 'src/main.ts'), code);
  for (const [name, target] of Object.entries(dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(target), link);
  }
  return folder;
}
