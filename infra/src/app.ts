import { App, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { holdToStage } from './bootstrap/hold-to-stage.ts';
import { checkStageNames } from './check-stages.ts';
import { type AppOptions, type StageOptions, specIn } from './options.ts';
import { writePages } from './pages/page-files.ts';
import { partOfStage } from './part-of-stage.ts';
import { addFoundation } from './stacks/foundation.ts';
import { addFunctions } from './stacks/functions.ts';
import { addServing } from './stacks/serving.ts';

/**
 * Adds a stage: `Foundation` with what stays, `Functions` with what can be tried before anything asks it, and `Serving`
 * with what answers. Each is deployed after the one before.
 */
function addStage(app: App, options: AppOptions, each: StageOptions): void {
  const { account, region } = each;
  const blueprint = partOfStage(each.name, specIn(each), options.blueprint);
  const service = { ...options, blueprint };
  const stage = new Stage(app, each.name, {
    env: { ...(account !== undefined && { account }), region },
  });
  holdToStage(stage, each.name);
  const foundation = addFoundation(stage, service, each);
  const functions = addFunctions(stage, service, each);
  functions.addStackDependency(foundation);
  addServing(stage, service, each).addStackDependency(functions);
  writePages(blueprint, options, app.outdir, each.name);
}

/**
 * Puts each stage into an app, made from the blueprint alone. cdk-nag's AWS Solutions rules and CloudFormation's validator
 * look over all when the app is synthesised.
 *
 * @throws {OptionError} if options contradict each other
 * @throws {MissingBundleError} if a function has no bundle, or a public page is not built
 */
export function addService(app: App, options: AppOptions): void {
  checkStageNames(
    options.stages.map(({ name }) => name),
    options.blueprint,
  );
  for (const each of options.stages) addStage(app, options, each);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/**
 * Builds an app of its own, for tests: without the CDK's command line nothing else brings the context of `cdk.json`.
 */
export function buildApp(
  options: AppOptions,
  context: Readonly<Record<string, unknown>>,
  outdir: string,
): App {
  const app = new App({ analyticsReporting: false, context: { ...context }, outdir });
  addService(app, options);
  return app;
}
