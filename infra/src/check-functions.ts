import {
  type Blueprint,
  type FunctionSpec,
  needsOfFunction,
  needsOfWorkflow,
} from '@chorus/blueprint';
import { OptionError } from './errors.ts';

/** The size of /tmp that SnapStart allows, in MB. */
const snapStartStorageMb = 512;

/** Returns the contradictions in one function's options, each as a sentence. */
function problemsOf(spec: FunctionSpec): readonly string[] {
  const { concurrency, provisionedConcurrency = 0, snapStart = false, keepWarmMinutes } = spec;
  const storage = spec.temporaryStorageMb ?? snapStartStorageMb;
  const rules: readonly (readonly [boolean, string])[] = [
    [
      snapStart && provisionedConcurrency > 0,
      'Lambda does not offer snapStart together with provisionedConcurrency; choose one',
    ],
    [
      snapStart && storage > snapStartStorageMb,
      `snapStart allows a temporaryStorageMb of at most ${snapStartStorageMb}, got ${storage}`,
    ],
    [
      2 * provisionedConcurrency > concurrency,
      `provisionedConcurrency ${provisionedConcurrency} is more than half of its concurrency ${concurrency}: during a release the version that is live and the next one have as many each`,
    ],
    [
      keepWarmMinutes !== undefined && provisionedConcurrency > 0,
      'keepWarmMinutes adds nothing to provisionedConcurrency, which is warm already; choose one',
    ],
    [
      keepWarmMinutes !== undefined && !(Number.isInteger(keepWarmMinutes) && keepWarmMinutes > 0),
      `keepWarmMinutes has to be a whole number of minutes, got ${keepWarmMinutes}`,
    ],
  ];
  return rules.flatMap(([isBroken, problem]) => (isBroken ? [`${spec.name}: ${problem}`] : []));
}

/**
 * Checks the functions' and workflows' links, and the functions' options against each other, which neither the CDK nor CloudFormation does before
 * a deployment is half-way.
 *
 * @throws {BlueprintError} if the links of one contradict each other or the blueprint
 * @throws {OptionError} naming every function and problem
 */
export function checkFunctions(blueprint: Blueprint): void {
  const { functions, workflows, machines = [] } = blueprint;
  for (const spec of functions) needsOfFunction(spec, blueprint);
  for (const spec of [...workflows, ...machines]) needsOfWorkflow(spec, blueprint);
  const problems = functions.flatMap(problemsOf);
  if (problems.length > 0) throw new OptionError(problems.join('; '));
}
