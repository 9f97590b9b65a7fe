import type { StateDefinition } from '../definition.ts';
import type { Visit } from '../machine.ts';
import type { MapItem, Query, QueryData } from '../query.ts';
import {
  compilePathField,
  compileTemplate,
  queryData,
  type StateCompiler,
  typeError,
} from '../state-compiler.ts';

/** Compiles the items of a Map that are in its input. */
export function compileItems(compiler: StateCompiler): Query {
  const { definition, language } = compiler;
  if (language === 'JSONata') {
    return definition.Items === undefined
      ? (data) => data.states.input
      : compileTemplate(compiler, 'Items', definition.Items);
  }
  return compilePathField(compiler, 'ItemsPath', definition.ItemsPath ?? '$');
}

/** `Parameters` is the old name of `ItemSelector`. */
export function compileSelector(compiler: StateCompiler): Query | undefined {
  const { ItemSelector, Parameters } = compiler.definition;
  if (ItemSelector !== undefined) return compileTemplate(compiler, 'ItemSelector', ItemSelector);
  if (Parameters !== undefined) return compileTemplate(compiler, 'Parameters', Parameters);
  return undefined;
}

/**
 * Returns the items of an array: AWS's inline Map takes nothing else (recorded), though the specification has objects
 * in JSONata.
 */
export function toItems(compiler: StateCompiler, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const { Items } = compiler.definition;
  const kind = value === null ? 'null' : typeof value;
  throw typeError(
    compiler,
    typeof Items === 'string'
      ? `The JSONata expression '${Items.slice(2, -2).trim()}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${kind}' for value: ${JSON.stringify(value)}`
      : `Map state input must be an array but was: ${JSON.stringify(value)}`,
  );
}

/** Returns what an `ItemSelector` sees of an item. */
export function itemData(visit: Visit, root: unknown, item: MapItem): QueryData {
  const context = { ...visit.context, Map: { Item: item } };
  return queryData({ ...visit, context }, { root });
}

/** Tells whether a Map runs its children as executions of their own. */
export const isDistributed = ({ ItemProcessor }: StateDefinition): boolean =>
  ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
