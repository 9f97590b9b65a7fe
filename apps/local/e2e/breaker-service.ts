import {
  type AskOptions,
  ask,
  asynchronous,
  type Blueprint,
  breakerTables,
  type FunctionSpec,
  gather,
  output,
  routesTo,
  type Step,
  task,
  text,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';

const source = 'apps/local/e2e/functions/moody';
const moody = (name: string): FunctionSpec => ({ ...task(name, { timeoutSeconds: 2 }), source });

/** Does as the text of the request says. */
const told = moody('told');
/** Always well. */
const calm = moody('calm');
const calmer = moody('calmer');

/** How many failures in a row open a breaker of this service. */
export const failures = 3;

/** Three functions at once, one of which does as it is told. */
function three(name: string, options: AskOptions): WorkflowSpec {
  const asks = (spec: FunctionSpec, input: string): Step =>
    ask(spec, { input, outputs: { pid: '$states.result.Payload.pid' } }, options);
  const well = '{ "do": "pid" }';
  return workflow({
    name,
    request: text({ maxBytes: 1000 }),
    steps: gather(
      { told: asks(told, '$parse($text)'), calm: asks(calm, well), calmer: asks(calmer, well) },
      { required: ['calm'] },
    ),
    answer: output('calm'),
    example: { text: '{"do":"pid"}' },
  });
}

/**
 * Returns a service with a workflow that asks nothing but a function with a breaker, and is answered later, too.
 *
 * @param openSeconds how long the breaker stays open
 */
export function answeredLater(openSeconds: number): Blueprint {
  const alone = workflow({
    name: 'alone',
    request: text({ maxBytes: 1000 }),
    steps: ask(
      told,
      { input: '$parse($text)', outputs: { pid: '$states.result.Payload.pid' } },
      { breaker: { failures, openSeconds } },
    ),
    answer: output('pid'),
    example: { text: '{"do":"pid"}' },
  });
  const later = asynchronous([alone]);
  return {
    ...later,
    functions: [told, ...later.functions],
    workflows: [alone],
    buckets: [],
    tables: [...later.tables, ...breakerTables([alone])],
  };
}

/** Returns a service with a workflow that has breakers, `guarded`, and the same one without, `plain`. */
export function breakerService(openSeconds: number): Blueprint {
  const workflows = [three('guarded', { breaker: { failures, openSeconds } }), three('plain', {})];
  return {
    functions: [told, calm, calmer],
    workflows,
    routes: routesTo(workflows),
    buckets: [],
    tables: breakerTables(workflows),
  };
}
