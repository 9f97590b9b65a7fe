import { App, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { holdToStage } from './bootstrap/hold-to-stage.ts';
import { checkAccess } from './check-access.ts';
import { checkFeatureStore } from './check-feature-store.ts';
import { checkFunctions } from './check-functions.ts';
import { checkStageSpec } from './check-stage-spec.ts';
import { checkStageNames } from './check-stages.ts';
import { narrow } from './narrow.ts';
import type { AppOptions, StageOptions } from './options.ts';
import { writePages } from './pages/page-files.ts';
import { addFoundation } from './stacks/foundation.ts';
import { addFunctions } from './stacks/functions.ts';
import { addServing } from './stacks/serving.ts';

/**
 * Adds a stage: `Foundation` with what stays, `Functions` with what can be tried before anything asks it, and `Serving`
 * with what answers. Each is deployed after the one before.
 */
function addStage(app: App, options: AppOptions, each: StageOptions): void {
  checkStageSpec(each.name, each);
  const blueprint = narrow(options.blueprint, each);
  const service = { ...options, blueprint };
  checkAccess(each.name, each, { ...blueprint, functions: options.blueprint.functions });
  checkFunctions(blueprint);
  checkFeatureStore(blueprint, each);
  const { account, region } = each;
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
