import { compareAssemblies } from './compare-assemblies.ts';
import { InfraError } from './errors.ts';

// `pnpm --filter infra run compare <assembly before> <assembly after>`.
const [before, after] = process.argv.slice(2);
if (before === undefined || after === undefined)
  throw new InfraError('Which assemblies? compare <before> <after>');
process.stdout.write(`${compareAssemblies(before, after)}\n`);
