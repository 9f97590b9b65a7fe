import { App, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { checkFeatureStore } from './check-feature-store.ts';
import { checkFunctions } from './check-functions.ts';
import type { AppOptions } from './options.ts';
import { writePages } from './pages/page-files.ts';
import { addFoundation } from './stacks/foundation.ts';
import { addServing } from './stacks/serving.ts';

/**
 * Puts each stage into an app: `Foundation` and, on top of it, `Serving`, both made from the blueprint alone.
 * cdk-nag's AWS Solutions rules and CloudFormation's validator look over them when the app is synthesised.
 *
 * @throws {OptionError} if options contradict each other
 * @throws {MissingBundleError} if a function has no bundle, or a public page is not built
 */
export function addService(app: App, options: AppOptions): void {
  checkFunctions(options.blueprint);
  for (const each of options.stages) {
    checkFeatureStore(options.blueprint, each);
    const stage = new Stage(app, each.name);
    const foundation = addFoundation(stage, options, each);
    addServing(stage, options, each).addStackDependency(foundation);
  }
  writePages(options.blueprint, options, app.outdir);
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
