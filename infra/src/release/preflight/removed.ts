import { stackName } from '../release-run.ts';
import { textOf } from '../template-tree.ts';
import type { Check } from './check.ts';

/**
 * Looks whether a function is to be deleted that live workflows or routes still ask: Functions is deployed before Serving, so
 * that it would be gone first, and could not be gone back to.
 */
export const checkRemoved: Check = async (release, { pins }) => {
  const { tools } = release;
  const [functions, serving] = [stackName(release, 'Functions'), stackName(release, 'Serving')];
  if ((await tools.stacks.read(functions)) === undefined) return [];
  const gone = (await tools.stacks.resources(functions)).filter(
    ({ type, id }) => type === 'AWS::Lambda::Function' && !(id in pins),
  );
  if (gone.length === 0 || (await tools.stacks.read(serving)) === undefined) return [];
  const live = textOf(await tools.stacks.templates(serving));
  return gone
    .filter(({ id }) => new RegExp(`[:/"]${id}(?![\\w-])`).test(live))
    .map(
      ({ id }) =>
        `the function ${id} would be deleted, and what is live still asks it: release first without a workflow or route that asks it, and take the function away with the next release. For a workflow that the stage no longer names: keep the function by naming it in the stage's functions (infra/stages.ts) for one release`,
    );
};
