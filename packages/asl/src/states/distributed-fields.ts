import { StatesError } from '../errors.ts';
import { isJsonObject } from '../json-values.ts';
import { payloadLimitBytes } from '../limits.ts';
import type { MapBatches, MapItems, MapResults } from '../map-run.ts';
import type { QueryData } from '../query.ts';
import { compileNumber, compileTemplate, type StateCompiler } from '../state-compiler.ts';
import { compileItems, toItems } from './map-items.ts';

type Fields = Readonly<Record<string, unknown>>;
type Find<Value> = (data: QueryData) => Promise<Value>;

const fieldsOf = (value: unknown): Fields => (isJsonObject(value) ? value : {});

/** Reports what Step Functions has and is not done here, and what it has not. */
function checkFields(
  compiler: StateCompiler,
  at: string,
  fields: Fields,
  known: Readonly<Record<string, readonly unknown[] | 'any'>>,
): void {
  for (const [name, value] of Object.entries(fields)) {
    const values = Object.hasOwn(known, name) ? known[name] : undefined;
    if (values === undefined)
      compiler.problem(`${at}/${name}`, `${name} is not done, or is no field of ${at}.`);
    else if (values !== 'any' && !values.includes(value))
      compiler.problem(
        `${at}/${name}`,
        `${JSON.stringify(value)} is not done; it can be ${values.join(', ')}.`,
      );
  }
}

/** Compiles the parameters of a reader or a writer, which have their name by the query language. */
function compileParameters(compiler: StateCompiler, at: string, fields: Fields): Find<unknown> {
  const [name, foreign] =
    compiler.language === 'JSONata' ? ['Arguments', 'Parameters'] : ['Parameters', 'Arguments'];
  if (fields[foreign] !== undefined)
    compiler.problem(`${at}/${foreign}`, `In ${compiler.language} it is called ${name}.`);
  if (fields[name] === undefined) return async () => ({});
  const template = compileTemplate(compiler, `${at}/${name}`, fields[name]);
  return async (data) => template(data);
}

/** Which types of input each resource has. */
const inputTypes: Readonly<Record<string, readonly unknown[]>> = {
  'arn:aws:states:::s3:getObject': ['CSV', 'JSON', 'JSONL'],
  'arn:aws:states:::s3:listObjectsV2': [undefined],
};

const delimiters = ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'];

function checkReader(compiler: StateCompiler, reader: Fields, config: Fields): void {
  const { Resource } = reader;
  const types = inputTypes[String(Resource)];
  if (types === undefined) {
    const known = Object.keys(inputTypes).join(' or ');
    compiler.problem('ItemReader/Resource', `Items are read by ${known}.`);
    return;
  }
  checkFields(compiler, 'ItemReader/ReaderConfig', config, {
    InputType: types,
    MaxItems: 'any',
    MaxItemsPath: 'any',
    ...(config['InputType'] === 'CSV' && {
      CSVHeaderLocation: ['FIRST_ROW', 'GIVEN'],
      CSVHeaders: 'any',
      CSVDelimiter: delimiters,
    }),
  });
  const { InputType, CSVHeaderLocation, CSVHeaders } = config;
  if (types[0] !== undefined && InputType === undefined)
    compiler.problem('ItemReader/ReaderConfig', 'It needs an InputType.');
  if (InputType === 'CSV' && CSVHeaderLocation === undefined)
    compiler.problem('ItemReader/ReaderConfig', 'A CSV needs a CSVHeaderLocation.');
  if ((CSVHeaderLocation === 'GIVEN') !== (CSVHeaders !== undefined))
    compiler.problem('ItemReader/ReaderConfig', 'CSVHeaders belong to CSVHeaderLocation GIVEN.');
  const areNames =
    Array.isArray(CSVHeaders) && CSVHeaders.every((name) => typeof name === 'string');
  if (CSVHeaders !== undefined && !areNames)
    compiler.problem('ItemReader/ReaderConfig/CSVHeaders', 'An array of names.');
}

/** Compiles where a distributed Map finds its items. */
export function compileSource(compiler: StateCompiler): Find<MapItems> {
  const { ItemReader } = compiler.definition;
  if (ItemReader === undefined) {
    const items = compileItems(compiler);
    return async (data) => ({ values: toItems(compiler, await items(data)) });
  }
  const reader = fieldsOf(ItemReader);
  const { MaxItems: _, MaxItemsPath: __, ...config } = fieldsOf(reader['ReaderConfig']);
  checkReader(compiler, reader, fieldsOf(reader['ReaderConfig']));
  const parameters = compileParameters(compiler, 'ItemReader', reader);
  const most = compileNumber(compiler, 'MaxItems', [1, 100_000_000], {
    at: 'ItemReader/ReaderConfig',
    fields: fieldsOf(reader['ReaderConfig']),
  });
  return async (data) => ({
    resource: String(reader['Resource']),
    arguments: await parameters(data),
    config: { ...config, ...(most && { MaxItems: await most(data) }) },
  });
}

/** Compiles an `ItemBatcher`. */
export function compileBatcher(compiler: StateCompiler): Find<MapBatches> | undefined {
  const { ItemBatcher } = compiler.definition;
  if (ItemBatcher === undefined) return undefined;
  const fields = fieldsOf(ItemBatcher);
  const inside = { at: 'ItemBatcher', fields };
  const items = compileNumber(compiler, 'MaxItemsPerBatch', [1, 100_000_000], inside);
  const bytes = compileNumber(compiler, 'MaxInputBytesPerBatch', [1, payloadLimitBytes], inside);
  if (!items && !bytes)
    compiler.problem('ItemBatcher', 'It needs MaxItemsPerBatch or MaxInputBytesPerBatch.');
  const { BatchInput } = fields;
  const input =
    BatchInput === undefined
      ? undefined
      : compileTemplate(compiler, 'ItemBatcher/BatchInput', BatchInput);
  return async (data) => ({
    ...(items && { mostItems: await items(data) }),
    ...(bytes && { mostBytes: await bytes(data) }),
    ...(input && { input: await input(data) }),
  });
}

const writerResource = 'arn:aws:states:::s3:putObject';

/** Compiles a `ResultWriter`. */
export function compileWriter(compiler: StateCompiler): Find<MapResults> | undefined {
  const { ResultWriter } = compiler.definition;
  if (ResultWriter === undefined) return undefined;
  const fields = fieldsOf(ResultWriter);
  const config = fieldsOf(fields['WriterConfig']);
  const { Resource } = fields;
  if (Resource !== undefined && Resource !== writerResource)
    compiler.problem('ResultWriter/Resource', `Results are written by ${writerResource}.`);
  if (Resource === undefined && fields['WriterConfig'] === undefined)
    compiler.problem('ResultWriter', 'It needs a Resource or a WriterConfig.');
  checkFields(compiler, 'ResultWriter/WriterConfig', config, {
    Transformation: ['NONE', 'COMPACT', 'FLATTEN'],
    // JSON Lines are a file's.
    OutputType: Resource === undefined ? ['JSON'] : ['JSON', 'JSONL'],
  });
  const parameters = compileParameters(compiler, 'ResultWriter', fields);
  return async (data) => {
    if (Resource === undefined) return { config };
    const given = await parameters(data);
    if (!isJsonObject(given) || typeof given['Bucket'] !== 'string')
      throw new StatesError('States.Runtime', 'A ResultWriter needs the name of a Bucket.');
    return { resource: writerResource, arguments: given, config };
  };
}
