import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '@chorus/blueprint';
import type { ModelSchema } from '@chorus/protocol';
import type { Recipe } from '@chorus/training';
import { CliError, isCausedBy, UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { root } from './root.ts';

/** The blueprint's model functions, in its order. */
export async function modelFunctions(): Promise<readonly FunctionSpec[]> {
  const { blueprint } = await import('@chorus/service');
  return blueprint.functions.filter(({ kind }) => kind === 'model');
}

/** @throws {UsageError} if the blueprint has no model of this name */
export async function findModel(name: string): Promise<FunctionSpec> {
  const models = await modelFunctions();
  const found = models.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = models.map((model) => model.name);
  throw new UsageError(
    `There is no model '${name}', only: ${names.join(', ')}.${didYouMean(name, names)}`,
  );
}

/** Loads a model's training: `recipe` of its package. @throws {CliError} if it has none */
export function loadRecipe(model: FunctionSpec): Promise<Recipe> {
  return importFrom(
    model,
    'recipe',
    `train it elsewhere and use: chorus models push ${model.name}`,
  );
}

/**
 * Loads a model's inputs and outputs: `schema` of its package, or of the manifest that a model of weights alone came
 * with.
 *
 * @throws {CliError} if it has none
 */
export async function loadSchema(model: FunctionSpec): Promise<ModelSchema> {
  if (model.weights === undefined)
    return importFrom(model, 'schema', 'a model package must export its schema');
  const file = join(model.weights, 'manifest.json');
  const text = await readFile(join(root, file), 'utf8').catch((cause: unknown) => {
    throw new CliError(`${model.name} has no ${file}: add it again with chorus models add`, {
      cause,
    });
  });
  const { parseManifest } = await import('@chorus/registry');
  return parseManifest(JSON.parse(text)).schema;
}

/** Returns the export `what` of `src/<what>.ts` in the model's package. */
async function importFrom<Of>(
  { name, source }: FunctionSpec,
  what: string,
  otherwise: string,
): Promise<Of> {
  const file = join(source, 'src', `${what}.ts`);
  let module: Record<string, Of | undefined> = {};
  try {
    module = await import(pathToFileURL(join(root, file)).href);
  } catch (cause) {
    if (!isCausedBy(cause, 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new CliError(`${name} has no ${file}: ${otherwise}`, { cause });
  }
  const value = module[what];
  if (value === undefined) throw new CliError(`${file} exports no '${what}': ${otherwise}`);
  return value;
}
