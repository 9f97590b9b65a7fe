import { asList, asRecord } from '../api/request.ts';

/** A field of a form, made of a JSON Schema. */
export interface Field {
  readonly name: string;
  readonly description: string;
  readonly type: 'number' | 'text';
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

/** Returns the fields of a row, in the schema's order; none for requests that are no rows. */
export function fieldsOf(schema: unknown, example: unknown): readonly Field[] {
  const { properties, required } = rowSchema(schema);
  const given = asRecord(example);
  return Object.entries(asRecord(properties)).map(([name, value]) => {
    const property = asRecord(value);
    const types = [property['type']].flat();
    const choices = asList(property['enum']);
    return {
      name,
      description: String(property['description'] ?? ''),
      type: types.includes('number') || types.includes('integer') ? 'number' : 'text',
      minimum: numberOf(property['minimum']),
      maximum: numberOf(property['maximum']),
      choices: choices.length === 0 ? undefined : choices.map(String),
      isRequired: asList(required).includes(name),
      example: given[name] === undefined ? '' : String(given[name]),
    };
  });
}

/** Returns a row of what was written into a form: empty fields are left out, numbers are numbers where they are some. */
export function rowOf(
  fields: readonly Field[],
  written: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const text = (written.get(name) ?? '').trim();
      if (text === '') return [];
      const number = Number(text);
      return [[name, type === 'number' && Number.isFinite(number) ? number : text]];
    }),
  );
}
