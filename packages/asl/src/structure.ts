/// <reference path="./asl-validator.d.ts" />
import validate from 'asl-validator';
import type { DefinitionProblem } from './errors.ts';
import { isJsonObject } from './json-values.ts';
import { languageProblems } from './languages.ts';

/**
 * Returns the problems that asl-validator finds in a definition's structure: fields, types, transitions, paths. It
 * judges a sketch of the definition, because it is stricter than Step Functions about the content of templates (it
 * refuses `""`, arrays, expressions of several lines) and takes a field named `States` or `Next` in the data for the
 * machine's own. Parts that the sketch leaves out are checked when they are compiled.
 */
export function structureProblems(definition: unknown): DefinitionProblem[] {
  if (!isJsonObject(definition) || !isJsonObject(definition['States'])) {
    return [{ path: '', message: 'A state machine is an object with StartAt and States.' }];
  }
  const language = definition['QueryLanguage'] ?? 'JSONPath';
  const mixed = languageProblems(definition, language);
  if (mixed.length > 0) return mixed;
  const { errors } = validate(sketchGraph(definition, language), {
    checkPaths: true,
    checkArn: true,
  });
  return errors.map(({ Message: message, schemaError }) => {
    const path = schemaError?.instancePath ?? '';
    // The validator puts the path into the message as well.
    return { path, message: path === '' ? message : message.replace(`${path} is`, 'It is') };
  });
}

type Fields = Record<string, unknown>;

function sketchGraph(graph: Fields, language: unknown): Fields {
  if (!isJsonObject(graph['States'])) return graph;
  const states = Object.entries(graph['States']).map(([name, state]) => [
    name,
    isJsonObject(state) ? sketchState(state, state['QueryLanguage'] ?? language, language) : state,
  ]);
  return { ...graph, States: Object.fromEntries(states) };
}

function sketchState(state: Fields, language: unknown, outer: unknown): Fields {
  const sketch = language === 'JSONata' ? sketchJsonata : sketchPayload;
  const fields = Object.entries(state).map(([field, value]): [string, unknown] => {
    switch (field) {
      case 'Result':
        return [field, true];
      case 'Arguments':
      case 'Output':
      case 'Assign':
      case 'Parameters':
      case 'ResultSelector':
      case 'ItemSelector':
      case 'Credentials':
        return [field, sketch(value)];
      case 'Items':
        return [field, []];
      case 'Error':
      case 'Cause':
      case 'Seconds':
      case 'Timestamp':
      case 'TimeoutSeconds':
      case 'HeartbeatSeconds':
      case 'MaxConcurrency':
      case 'ToleratedFailureCount':
      case 'ToleratedFailurePercentage':
        return [field, sketchScalar(value)];
      case 'ItemReader':
      case 'ItemBatcher':
      case 'ResultWriter':
        return [field, isJsonObject(value) ? sketchDistributed(value, sketch) : value];
      case 'Choices':
        return [field, mapItems(value, (rule) => sketchRule(rule, sketch))];
      case 'Catch':
        return [field, mapItems(value, (catcher) => sketchRule(catcher, sketch))];
      case 'Branches':
        return [field, mapItems(value, (branch) => sketchGraph(branch, outer))];
      case 'Iterator':
      case 'ItemProcessor':
        return [field, isJsonObject(value) ? sketchGraph(value, outer) : value];
      default:
        return [field, sketchPath(field, value)];
    }
  });
  // Branches inherit the machine's language, but the validator only looks at the states.
  return { ...Object.fromEntries(fields), QueryLanguage: language };
}

/** The fields of a distributed Map; what else they have is checked when they are compiled. */
function sketchDistributed(fields: Fields, sketch: (value: unknown) => unknown): Fields {
  const { Resource = 'arn:aws:states:::s3:putObject', ReaderConfig } = fields;
  const entries = Object.entries(fields).map(([field, value]): [string, unknown] => {
    if (['Parameters', 'Arguments', 'BatchInput'].includes(field)) return [field, sketch(value)];
    return [field, sketchScalar(sketchPath(field, value))];
  });
  return {
    ...Object.fromEntries(entries),
    Resource,
    ...(isJsonObject(ReaderConfig) && {
      ReaderConfig: Object.fromEntries(
        Object.entries(ReaderConfig).map(([field, value]) => [
          field,
          sketchScalar(sketchPath(field, value)),
        ]),
      ),
    }),
  };
}

function sketchRule(rule: Fields, sketch: (value: unknown) => unknown): Fields {
  return {
    ...(sketchPaths(rule) as Fields),
    ...('Assign' in rule && { Assign: sketch(rule['Assign']) }),
    ...('Output' in rule && { Output: sketch(rule['Output']) }),
    ...('Condition' in rule && { Condition: '{% true %}' }),
  };
}

function sketchJsonata(): unknown {
  return {};
}

/** Returns an expression in the form the validator knows: one line, a space at either end. */
function sketchScalar(value: unknown): unknown {
  if (value === '') return 'text';
  return typeof value === 'string' && value.startsWith('{%') ? '{% true %}' : value;
}

/** The validator knows fewer paths than AWS; each is compiled later on. */
function sketchPath(field: string, value: unknown): unknown {
  const isPath = field.endsWith('Path') || field === 'Variable';
  return isPath && typeof value === 'string' && value.startsWith('$') ? '$' : value;
}

/** A rule's paths, however deep in `And`, `Or` and `Not`. */
function sketchPaths(rule: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(sketchPaths);
  if (!isJsonObject(rule)) return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([field, value]) => {
      const nested = field === 'And' || field === 'Or' || field === 'Not';
      return [field, nested ? sketchPaths(value) : sketchPath(field, value)];
    }),
  );
}

/** Payload Templates lose their constants, and keep one path for any path or intrinsic function. */
function sketchPayload(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sketchPayload);
  if (!isJsonObject(value)) return 0;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (!key.endsWith('.$')) return [key, sketchPayload(item)];
      return [key, typeof item === 'string' ? '$' : item];
    }),
  );
}

function mapItems(value: unknown, sketch: (item: Fields) => Fields): unknown {
  return Array.isArray(value)
    ? value.map((item) => (isJsonObject(item) ? sketch(item) : item))
    : value;
}
