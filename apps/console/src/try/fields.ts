import { asList, asRecord } from '../api/request.ts';

/** A field of a form, made of a JSON Schema. */
export interface Field {
  readonly name: string;
  readonly description: string;
  readonly type: 'number' | 'text' | 'long text' | 'file';
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** The values that it may have; undefined when there is no list of them. */
  readonly choices: readonly string[] | undefined;
  readonly isRequired: boolean;
  /** The value of the example. */
  readonly example: string;
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Returns the schema of one row among those that a body may have: an object whose members are no lists of rows. */
function rowSchema(schema: unknown): Readonly<Record<string, unknown>> {
  const { anyOf } = asRecord(schema);
  const candidates = anyOf === undefined ? [schema] : asList(anyOf);
  return asRecord(
    candidates.find((each) => {
      const { type, properties } = asRecord(each);
      return type === 'object' && asRecord(properties)['instances'] === undefined;
    }),
  );
}

/** Returns what a property is written into: bytes are a file's, and a text that has to be given without a form is a long one. */
function typeOf(property: Readonly<Record<string, unknown>>, isRequired: boolean): Field['type'] {
  const types = [property['type']].flat();
  if (property['contentEncoding'] === 'base64') return 'file';
  if (types.includes('number') || types.includes('integer')) return 'number';
  const isForm = property['enum'] !== undefined || property['pattern'] !== undefined;
  return isRequired && !isForm ? 'long text' : 'text';
}

/** True of a property that one field can hold. */
const isSimple = (value: unknown): boolean =>
  [asRecord(value)['type']].flat().every((type) => !['object', 'array'].includes(String(type)));

/** Returns the fields of a request, in the schema's order; what has parts has none. */
export function fieldsOf(schema: unknown, example: unknown): readonly Field[] {
  const { properties, required } = rowSchema(schema);
  const given = asRecord(example);
  return Object.entries(asRecord(properties)).flatMap(([name, value]): readonly Field[] => {
    if (!isSimple(value)) return [];
    const property = asRecord(value);
    const types = [property['type']].flat();
    const isRequired = asList(required).includes(name);
    const choices = types.includes('boolean') ? ['', 'true', 'false'] : asList(property['enum']);
    const field: Field = {
      name,
      description: String(property['description'] ?? ''),
      type: typeOf(property, isRequired),
      minimum: numberOf(property['minimum']),
      maximum: numberOf(property['maximum']),
      choices: choices.length === 0 ? undefined : choices.map(String),
      isRequired,
      example: given[name] === undefined ? '' : String(given[name]),
    };
    return [field];
  });
}

/** Returns a value of what was written into a field: what a number or a yes or no should be, and is none, stays text. */
function readField({ type, choices }: Field, text: string): unknown {
  if (type === 'number') {
    const parsed = Number(text);
    return Number.isFinite(parsed) ? parsed : text;
  }
  return choices?.includes('true') === true ? text === 'true' : text;
}

/** Returns a request's body of what was written into a form: empty fields are left out. */
export function bodyOf(
  fields: readonly Field[],
  written: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const given = written.get(field.name) ?? '';
      const text = field.type === 'long text' ? given : given.trim();
      return text === '' || field.type === 'file' ? [] : [[field.name, readField(field, text)]];
    }),
  );
}
