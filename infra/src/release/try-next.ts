import { isExpress, physicalName, type WorkflowSpec } from '@chorus/blueprint';
import { SmokeTestError } from '../errors.ts';
import { candidateName, nextAlias } from '../names.ts';
import { functionNames, type Run } from './release-run.ts';

/**
 * Asks the next version of each function whether it could serve.
 *
 * @throws {SmokeTestError} naming those that could not
 */
export async function tryFunctions(run: Run): Promise<string> {
  const names = functionNames(run);
  const asked = await Promise.allSettled(
    names.map(async (name) => {
      const answer = await run.tools.functions.invoke(name, nextAlias, { chorus: 'ready' });
      const { ready } = Object(answer) as { readonly ready?: unknown };
      if (ready !== true)
        throw new SmokeTestError(`${name} answered ${JSON.stringify(answer)?.slice(0, 200)}`);
    }),
  );
  const problems = asked.flatMap((each) =>
    each.status === 'rejected'
      ? [each.reason instanceof Error ? each.reason.message : String(each.reason)]
      : [],
  );
  if (problems.length > 0)
    throw new SmokeTestError(`the new version does not serve: ${problems.join('; ')}`);
  return `${names.length} functions are ready`;
}

/** Makes sure that a workflow's answer to its example is one, with all of its functions. @throws {SmokeTestError} */
function checkAnswer(name: string, output: unknown): void {
  const { statusCode, body } = Object(output) as {
    readonly statusCode?: unknown;
    readonly body?: { readonly predictions?: unknown; readonly failed?: object };
  };
  const text = JSON.stringify(output)?.slice(0, 500);
  if (statusCode !== 200) throw new SmokeTestError(`${name} answered its example with ${text}`);
  if (Object.keys(body?.failed ?? {}).length > 0)
    throw new SmokeTestError(
      `${name} answered without ${Object.keys(body?.failed ?? {}).join(', ')}: ${JSON.stringify(body?.failed)}`,
    );
}

async function tryWorkflow({ tools, stage }: Run, { name, example }: WorkflowSpec): Promise<void> {
  const machine = physicalName(candidateName(name), stage);
  checkAnswer(machine, await tools.runMachine(machine, example));
}

/**
 * Runs each workflow's candidate, which asks the next versions, on the workflow's example.
 *
 * @throws {SmokeTestError} for an answer that is none, or that functions are missing from
 */
export async function tryWorkflows(run: Run): Promise<string> {
  // A standard workflow gives no answer to wait for, and has no candidate.
  const workflows = run.blueprint.workflows.filter(isExpress);
  // One after another: each wakes up the same functions.
  for (const each of workflows) {
    run.signal.throwIfAborted();
    await tryWorkflow(run, each);
  }
  return `${workflows.length} workflows answered their examples`;
}
