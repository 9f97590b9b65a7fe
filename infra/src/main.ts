import { join } from 'node:path';
import { BlueprintError } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { App } from 'aws-cdk-lib';
import * as known from '../stages.ts';
import { addService } from './app.ts';
import { optionsOfContext } from './context.ts';
import { InfraError } from './errors.ts';

// What `cdk` runs, see cdk.json.
const root = join(import.meta.dirname, '../..');
const app = new App({ analyticsReporting: false });
try {
  addService(app, optionsOfContext(blueprint, root, app.node, known));
  app.synth();
} catch (error) {
  // What is wrong with the options is for a person to read; anything else is a fault of this program, which its place tells.
  if (!(error instanceof InfraError || error instanceof BlueprintError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
