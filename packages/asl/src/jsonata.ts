import jsonata from 'jsonata';
import { compileDirect, leftToJsonata } from './direct/compile.ts';
import { EvaluationError, reasonOf } from './errors.ts';
import { randomFunction, registerFunctions } from './jsonata-functions.ts';
import { forbiddenNames, type NameRules } from './jsonata-names.ts';
import { disguise, hasMarks, reveal } from './jsonata-reserved.ts';
import { NotJsonError, plainJson } from './jsonata-result.ts';
import { endTurn, evaluationLimits, takeTurn } from './jsonata-turn.ts';
import type { ReportProblem } from './payload-template.ts';
import type { Query, QueryData } from './query.ts';

/** Only an expression that defines functions can recur for ever; watching it costs a tenth more. */
const mayRunAway = /\bfunction\b|λ/;

/** Finds `$states` where more of it may be read than these fields: the context is made only when an expression reads it. */
const readsMore = /\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)/;

/** The facts that a template needs about its field. */
export interface TemplateSite extends NameRules {
  /** The field, for messages at run time: `Arguments`. */
  readonly field: string;
  readonly report: ReportProblem;
}

/**
 * Compiles a value in which every string `{% … %}` is a JSONata expression, however deep (developer
 * guide: "Writing JSONata expressions in JSON strings"). Constant values are shared. At run time a
 * failing or undefined expression is `States.QueryEvaluationError`.
 */
export function compileJsonataTemplate(template: unknown, site: TemplateSite): Query {
  return compileValue(template, '', site) ?? (() => template);
}

/** `undefined` when the value is constant. */
function compileValue(value: unknown, at: string, site: TemplateSite): Query | undefined {
  if (typeof value === 'string') return compileString(value, at, site);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).map(([key, item]) => ({
    key,
    item: item as unknown,
    query: compileValue(item, `${at}/${key}`, site),
  }));
  if (entries.every(({ query }) => query === undefined)) return undefined;
  const isArray = Array.isArray(value);
  return (data) => fill(entries, isArray, [], data);
}

interface Entry {
  readonly key: string;
  readonly item: unknown;
  /** Absent when the item is constant. */
  readonly query: Query | undefined;
}

/** Evaluates one entry after another. What needs no jsonata is there at once, since waiting for it would take most of the time. */
function fill(
  entries: readonly Entry[],
  isArray: boolean,
  filled: [string, unknown][],
  data: QueryData,
): unknown {
  for (const { key, item, query } of entries.slice(filled.length)) {
    const value = query ? query(data) : item;
    if (value instanceof Promise)
      return value.then((settled: unknown) => {
        filled.push([key, settled]);
        return fill(entries, isArray, filled, data);
      });
    filled.push([key, value]);
  }
  return isArray ? filled.map(([, item]) => item) : Object.fromEntries(filled);
}

function compileString(text: string, at: string, site: TemplateSite): Query | undefined {
  const opens = text.startsWith('{%');
  const closes = text.endsWith('%}');
  if (!opens && !closes) return undefined;
  if (!opens || !closes || text.length < 4) {
    site.report(at, `"${text}" must both begin with "{%" and end with "%}".`);
    return undefined;
  }
  const source = text.slice(2, -2).trim();
  try {
    return compileExpression(source, `${site.field}${at}`, (ast) => {
      for (const message of forbiddenNames(ast, site)) site.report(at, message);
    });
  } catch (error) {
    site.report(at, `The JSONata expression '${source}' is not valid: ${reasonOf(error)}`);
    return undefined;
  }
}

function compileExpression(source: string, field: string, check: (ast: unknown) => void): Query {
  const expression = jsonata(source, mayRunAway.test(source) ? evaluationLimits : {});
  check(expression.ast());
  registerFunctions(expression);
  const direct = compileDirect(expression.ast());
  const usesRandom = source.includes('$random');
  const parses = source.includes('$parse');
  const readsContext = readsMore.test(source);
  const about = `The JSONata expression '${source}' specified for the field '${field}'`;

  const evaluate = async (data: QueryData): Promise<unknown> => {
    const given = { ...data.variables, states: data.states };
    const disguised = holdsMarks(data, readsContext);
    const bindings = (disguised ? disguise(given) : given) as Record<string, unknown>;
    if (usesRandom) bindings['random'] = randomFunction(data.random);
    const turn = takeTurn();
    if (turn) await turn;
    try {
      const result = plainJson(await expression.evaluate(undefined, bindings));
      return disguised || parses ? reveal(result) : result;
    } catch (error) {
      if (error instanceof NotJsonError)
        throw new EvaluationError(
          'States.QueryEvaluationError',
          `${about} returned an unsupported result type.`,
          { cause: error },
        );
      const reason = `${about} threw an error during evaluation: ${reasonOf(error)}`;
      throw new EvaluationError('States.QueryEvaluationError', reason, { cause: error });
    } finally {
      endTurn();
    }
  };

  const something = (result: unknown): unknown => {
    if (result !== undefined) return result;
    throw new EvaluationError(
      'States.QueryEvaluationError',
      `${about} returned nothing (undefined).`,
    );
  };

  return (data) => {
    const result = direct ? direct(data) : leftToJsonata;
    return result === leftToJsonata ? evaluate(data).then(something) : something(result);
  };
}

/** Tells whether jsonata would take some of the data for a function. */
function holdsMarks({ states, variables }: QueryData, readsContext: boolean): boolean {
  if (hasMarks(states.input) || hasMarks(states.result) || hasMarks(states.errorOutput))
    return true;
  for (const name in variables) if (hasMarks(variables[name])) return true;
  if (!readsContext) return false;
  const { Execution, Map: map } = states.context;
  return hasMarks(Execution.Input) || hasMarks(map?.Item.Value);
}
