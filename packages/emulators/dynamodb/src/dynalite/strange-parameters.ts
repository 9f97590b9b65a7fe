import { isJson, type Json } from '../json.ts';

/** Finds strange parameters in a value of a type; types are dynalite's descriptions. */
function inValue(value: unknown, type: unknown, path: string): readonly string[] {
  if (!isJson(type) || !isJson(type['children'])) return [];
  const { children } = type;
  if (Array.isArray(value))
    return value.flatMap((each, index) => inValue(each, children, `${path}[${index}]`));
  if (!isJson(value)) return [];
  if (!String(type['type']).includes('Map')) return inObject(value, children, `${path}.`);
  return Object.entries(value).flatMap(([name, each]) =>
    inValue(each, children, `${path}.${name}`),
  );
}

function inObject(value: Json, types: Json, path: string): readonly string[] {
  return Object.entries(value).flatMap(([name, each]) => {
    if (each === null || each === undefined) return [];
    return Object.hasOwn(types, name) ? inValue(each, types[name], path + name) : [path + name];
  });
}

/** Returns the parameters that dynalite does not know, and would drop: `StreamSpecification`. */
export function strangeParameters(parameters: Json, types: Json): readonly string[] {
  return inObject(parameters, types, '');
}
