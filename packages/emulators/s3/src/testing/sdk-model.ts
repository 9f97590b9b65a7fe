import * as sdk from '@aws-sdk/client-s3';

/** A parameter of an operation, and where it goes in the request. */
export interface Parameter {
  readonly member: string;
  readonly kind: 'header' | 'query' | 'prefix' | 'document' | 'path' | 'body';
  /** Name of the header, parameter or element; of a document its root. */
  readonly wire: string;
  readonly type: unknown;
}

/** Schemas are tuples: kind, namespace, name, traits, and then what it consists of. */
export type Schema = readonly unknown[];

/** The schema a reference stands for. @throws {Error} when the SDK keeps its model in another way */
export function schemaOf(reference: unknown): Schema {
  const schema: unknown = typeof reference === 'function' ? reference() : reference;
  if (!Array.isArray(schema)) throw new Error('the SDK keeps its schemas in another way now');
  return schema;
}

/** Name, traits and type of every member of a structure. */
export function membersOf(
  structure: Schema,
): [name: string, traits: Record<string, unknown>, type: unknown][] {
  const [, , , , names, types] = structure as [0, 0, 0, 0, string[], unknown[]];
  return names.map((name, index) => {
    const type = types[index];
    const [inner, traits] = Array.isArray(type) && isTraits(type[1]) ? type : [type, {}];
    return [name, traits, inner];
  });
}

function isTraits(value: unknown): boolean {
  return value === 1 || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

/** Parameters of an operation. */
export function parametersOf(operation: string): Parameter[] {
  const [, , , , input] = schemaNamed(operation);
  return membersOf(schemaOf(input)).map(([member, traits, type]) => {
    for (const [trait, kind] of [
      ['httpHeader', 'header'],
      ['httpQuery', 'query'],
      ['httpPrefixHeaders', 'prefix'],
    ] as const) {
      if (typeof traits[trait] === 'string') {
        return { member, kind, wire: traits[trait], type };
      }
    }
    if (traits['xmlName'] !== undefined) {
      return { member, kind: 'document', wire: String(traits['xmlName']), type };
    }
    return { member, kind: member === 'Body' ? 'body' : 'path', wire: member, type };
  });
}

/** Returns the schema of an operation or a structure. */
export function schemaNamed(name: string): Schema {
  return schemaOf(Reflect.get(sdk, `${name}$`));
}

/** Method of an operation, and the query parameters that select it. */
export function requestOf(operation: string): {
  method: string;
  query: Readonly<Record<string, string>>;
} {
  const [, , , traits] = schemaNamed(operation);
  const { http } = traits as { http: [method: string, uri: string] };
  const [method, uri] = http;
  return {
    method,
    query: Object.fromEntries(new URLSearchParams(uri.replace(/^[^?]*\??/, ''))),
  };
}
