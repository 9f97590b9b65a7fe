import type { HoldOut } from '@chorus/data';
import { InvalidRequestError, type ModelSchema } from '@chorus/protocol';

/** A recipe as JSON: how a model is trained, by the name of a trainer. */
export interface RecipeData {
  /** A name of `@chorus/training`'s trainers. */
  readonly trainer: string;
  /** Options that differ from the trainer's own. */
  readonly options: Readonly<Record<string, number | string>>;
  /** A whole number, `[0, 2^32)`. */
  readonly seed: number;
  /** The model's contract; its name is the model's. */
  readonly schema: ModelSchema;
  /** Columns of the Parquet files that the graph's input takes, in that order. */
  readonly columns: readonly string[];
  /** The column that is predicted. */
  readonly target: string;
}

/** What is to be trained, of which rows, and where the result goes. All keys are of the bucket `training`. */
export interface TrainingJob {
  readonly recipe: RecipeData;
  readonly data: {
    /** Name of the data set, for the manifest. */
    readonly name: string;
    /** SHA-256 of the file that was split, in small hexadecimal digits. */
    readonly sha256: string;
    /** Where that file is, for the manifest. */
    readonly key?: string;
    /** The version of that object, where its bucket keeps versions. */
    readonly version?: string;
    /** By which rule the rows were held out: a later version is compared with this one on rows that neither has seen. */
    readonly split?: HoldOut;
    /** Key of the Parquet file with the rows to learn from. */
    readonly train: string;
    /** Key of the Parquet file with the rows that are held out. */
    readonly test: string;
  };
  /** Start of the keys of `model.onnx` and `manifest.json`; it ends in a slash. */
  readonly output: string;
  /** Start of the keys of what is kept for another attempt; it ends in a slash. @default `<output>checkpoints/` */
  readonly checkpoints?: string;
  /** Shares of it have been done: what they left is taken, and only what is missing is done. @default false */
  readonly divided?: boolean;
  /** The name of the pipeline's execution, for the manifest. */
  readonly execution?: string;
  /** Only this part of the training is done; the job without it makes the model of all parts. */
  readonly share?: TrainingShare;
}

/** One of several equal parts of a training. */
export interface TrainingShare {
  /** From 0 up to, not including, `of`. */
  readonly index: number;
  readonly of: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the event.
 *
 * @throws {InvalidRequestError} (400) naming the member that is missing or of another type
 */
export function parseTrainingJob(event: unknown): TrainingJob {
  const job = objectOf(event, 'event');
  const data = objectOf(job['data'], 'data');
  const output = folderOf(job['output'], 'output');
  return {
    recipe: parseRecipe(objectOf(job['recipe'], 'recipe')),
    data: {
      name: textOf(data['name'], 'data.name'),
      sha256: textOf(data['sha256'], 'data.sha256'),
      ...optional('key', data['key'], (key) => textOf(key, 'data.key')),
      ...optional('version', data['version'], (version) => textOf(version, 'data.version')),
      ...optional('split', data['split'], parseSplit),
      train: textOf(data['train'], 'data.train'),
      test: textOf(data['test'], 'data.test'),
    },
    output,
    ...optional('checkpoints', job['checkpoints'], (key) => folderOf(key, 'checkpoints')),
    ...optional('divided', job['divided'], parseDivided),
    ...optional('execution', job['execution'], (name) => textOf(name, 'execution')),
    ...optional('share', job['share'], parseShare),
  };
}

/** A member as an object to spread: empty where it is absent. JSONata has null for what it cannot find. */
function optional<Name extends string, Value>(
  name: Name,
  value: unknown,
  read: (value: unknown) => Value,
): { readonly [Key in Name]?: Value } {
  if (value === undefined || value === null) return {};
  return { [name]: read(value) } as { readonly [Key in Name]?: Value };
}

function parseSplit(value: unknown): HoldOut {
  const { seed, share } = objectOf(value, 'data.split');
  if (typeof seed !== 'number') return wrong('data.split.seed', 'a number', seed);
  if (typeof share !== 'number') return wrong('data.split.share', 'a number', share);
  return { seed, share };
}

function parseDivided(value: unknown): boolean {
  return typeof value === 'boolean' ? value : wrong('divided', 'true or false', value);
}

function parseShare(value: unknown): TrainingShare {
  const { index, of } = objectOf(value, 'share');
  if (typeof of !== 'number' || !Number.isSafeInteger(of) || of < 1)
    return wrong('share.of', 'a whole number above 0', of);
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0 || index >= of)
    return wrong('share.index', `a whole number from 0 to ${of - 1}`, index);
  return { index, of };
}

function parseRecipe(recipe: Fields): RecipeData {
  const { seed, columns, options = {} } = recipe;
  if (typeof seed !== 'number') return wrong('recipe.seed', 'a number', seed);
  if (!Array.isArray(columns) || columns.length === 0)
    return wrong('recipe.columns', 'a list of names', columns);
  return {
    trainer: textOf(recipe['trainer'], 'recipe.trainer'),
    options: Object.fromEntries(
      Object.entries(objectOf(options, 'recipe.options')).map(([name, value]) =>
        typeof value === 'number' || typeof value === 'string'
          ? [name, value]
          : wrong(`recipe.options.${name}`, 'a number or a text', value),
      ),
    ),
    seed,
    schema: parseSchema(objectOf(recipe['schema'], 'recipe.schema')),
    columns: columns.map((name, index) => textOf(name, `recipe.columns[${index}]`)),
    target: textOf(recipe['target'], 'recipe.target'),
  };
}

/** Reads what a trainer needs of a schema; the rest is checked when the version is published. */
function parseSchema(schema: Fields): ModelSchema {
  textOf(schema['name'], 'recipe.schema.name');
  for (const member of ['inputs', 'outputs']) {
    const list = schema[member];
    if (!Array.isArray(list)) return wrong(`recipe.schema.${member}`, 'a list', list);
    for (const [index, tensor] of list.entries()) {
      const at = `recipe.schema.${member}[${index}]`;
      textOf(objectOf(tensor, at)['name'], `${at}.name`);
    }
  }
  return schema as unknown as ModelSchema;
}

function objectOf(value: unknown, path: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : wrong(path, 'an object', value);
}

function textOf(value: unknown, path: string): string {
  return typeof value === 'string' && value !== '' ? value : wrong(path, 'a text', value);
}

function folderOf(value: unknown, path: string): string {
  const key = textOf(value, path);
  return key.endsWith('/') ? key : wrong(path, 'a text that ends in a slash', key);
}

function wrong(path: string, expected: string, value: unknown): never {
  const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  throw new InvalidRequestError(`${path}: expected ${expected}, got ${got.slice(0, 60)}`);
}
