import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './app.ts';
import { billAtRest } from './at-rest.ts';
import { cleanUp, flags } from './testing/assembly.ts';
import { matrix, optionsOf } from './testing/matrix.ts';

// pnpm --filter infra run matrix [folder]: writes the templates of every combination, for tools that look at them, and says how long
// each took and what it costs at rest.
const [, , folder = 'cdk.out/matrix'] = process.argv;
for (const [name, combination] of Object.entries(matrix)) {
  const options = optionsOf(combination);
  const [stage] = options.stages;
  const outdir = join(folder, name.replaceAll(/\W+/g, '-'));
  const started = performance.now();
  buildApp(options, flags.context, outdir).synth();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const assembly = join(outdir, `assembly-${stage.name}`);
  const resources = readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) =>
      Object.keys(JSON.parse(readFileSync(join(assembly, file), 'utf8')).Resources),
    ).length;
  const { total } = billAtRest(options.blueprint, stage);
  console.log(`| ${name} | ${seconds} s | ${resources} | ${total.toFixed(2)} |`);
  cleanUp();
}
