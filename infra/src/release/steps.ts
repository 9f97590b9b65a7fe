import { endSuperseded, keepReady, takeReadyBack } from './environments.ts';
import { migrate, prepareDatabase } from './migrate.ts';
import { moveTraffic, takeTrafficBack } from './move-traffic.ts';
import { publishPages, takePagesBack } from './publish-pages.ts';
import { deployStack, isUnmade, output, type Run, settle, stackName } from './release-run.ts';
import { settleModels } from './settle-models.ts';
import { smokeApi } from './smoke.ts';
import { tryFunctions, tryWorkflows } from './try-next.ts';

/** One step of a release. To do it again after a failure, of it or of a later one, is to go on. */
export interface Step {
  readonly name: string;
  /** For people, as what is being done. */
  readonly title: string;
  /** @returns what came of it, in a few words */
  run(run: Run): Promise<string>;
  /** Takes back what it changed of what answers. @returns what was done, in a few words; nothing where there was nothing */
  goBack?(run: Run): Promise<readonly string[]>;
}

/** Waits for a stack whose deployment was cut off; CloudFormation takes a failed update back by itself. */
async function leaveSettled(run: Run, id: 'Foundation' | 'Functions'): Promise<readonly string[]> {
  await settle(run, id);
  return [];
}

async function takeServingBack(run: Run): Promise<readonly string[]> {
  const { tools, before } = run;
  const name = stackName(run, 'Serving');
  const status = await settle(run, 'Serving');
  if (before.serving === undefined)
    return isUnmade(status) ? [] : [`${name} stays: there was none before to go back to`];
  const bucket = await output(run, 'Foundation', 'ModelBucket');
  await tools.stacks.restore(name, before.serving, bucket);
  return [`${name} is back`];
}

/**
 * The step that deploys what the others need and that asks for no lock: nothing that answers depends on what is new in it.
 */
export const foundation: Step = {
  name: 'foundation',
  title: 'Deploying Foundation: buckets, and the feature store',
  async run(run) {
    await deployStack(run, 'Foundation');
    return stackName(run, 'Foundation');
  },
  goBack: (run) => leaveSettled(run, 'Foundation'),
};

/** The steps during which no promotion can begin, in order. */
export const lockedSteps: readonly Step[] = [
  {
    name: 'models',
    title: "Looking for the models' weights",
    run: settleModels,
  },
  {
    name: 'database-user',
    title: "Making the database's user",
    run: prepareDatabase,
  },
  {
    name: 'functions',
    title: 'Deploying Functions: new versions that nothing asks',
    async run(run) {
      await deployStack(run, 'Functions');
      return stackName(run, 'Functions');
    },
    goBack: (run) => leaveSettled(run, 'Functions'),
  },
  {
    name: 'migrations',
    title: 'Migrating the feature store',
    run: migrate,
  },
  {
    name: 'try-functions',
    title: 'Trying the new versions',
    run: tryFunctions,
  },
  {
    name: 'try-workflows',
    title: 'Trying the workflows on the new versions',
    run: tryWorkflows,
  },
  {
    name: 'environments',
    title: 'Keeping environments of the new versions ready',
    run: keepReady,
    goBack: takeReadyBack,
  },
  {
    name: 'traffic',
    title: 'Moving requests to the new versions',
    async run(run) {
      const moved = await moveTraffic(run);
      return moved.length === 0 ? 'no function has changed' : moved.join(', ');
    },
    goBack: takeTrafficBack,
  },
  {
    name: 'serving',
    title: 'Deploying Serving: workflows and the API',
    async run(run) {
      await deployStack(run, 'Serving');
      return stackName(run, 'Serving');
    },
    goBack: takeServingBack,
  },
  {
    name: 'smoke-test',
    title: 'Asking the API',
    run: smokeApi,
  },
  {
    name: 'pages',
    title: 'Bringing the pages',
    run: publishPages,
    goBack: takePagesBack,
  },
  {
    name: 'protection',
    title: 'Protecting what stays from being deleted',
    async run(run) {
      const name = stackName(run, 'Foundation');
      const protects = run.spec.keepsData !== false;
      await run.tools.stacks.protect(name, protects);
      return protects ? name : 'none: the stage keeps no data';
    },
  },
  {
    // Last, since whatever fails before goes back to a version that is warm.
    name: 'superseded',
    title: 'Ending the environments of versions that answer nothing',
    run: endSuperseded,
  },
];
