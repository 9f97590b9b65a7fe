import { type Blueprint, examplesOf } from '@chorus/blueprint';
import { UsageError } from './errors.ts';
import { localManifest } from './model-example.ts';
import { loadSchema } from './models.ts';
import { didYouMean } from './nearest.ts';
import { program } from './program.ts';
import type { Member } from './workflow-plan.ts';

/**
 * Returns what is known of the models that a new workflow asks: the manifest beside their weights, else the schema of their
 * package.
 *
 * @throws {UsageError} for a name that is no model's
 */
export async function readMembers(
  names: readonly string[],
  blueprint: Blueprint,
): Promise<readonly Member[]> {
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  return Promise.all(
    names.map(async (name) => {
      const spec = models.find((each) => each.name === name);
      if (spec === undefined) {
        const known = models.map((each) => each.name);
        throw new UsageError(
          `There is no model '${name}', only: ${known.join(', ')}.${didYouMean(name, known)} An ONNX file becomes one with ${program} models add ${name} <file.onnx>`,
        );
      }
      const manifest = await localManifest(spec);
      const rows = examplesOf(blueprint, spec).flatMap((each) => ('row' in each ? [each.row] : []));
      return {
        spec,
        schema: manifest?.schema ?? (await loadSchema(spec)),
        example: manifest?.example ?? spec.example,
        rows,
      };
    }),
  );
}
