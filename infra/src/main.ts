import { join } from 'node:path';
import { blueprint } from '@chorus/service';
import { App } from 'aws-cdk-lib';
import * as known from '../stages.ts';
import { addService } from './app.ts';
import { optionsOfContext } from './context.ts';

// What `cdk` runs, see cdk.json.
const root = join(import.meta.dirname, '../..');
const app = new App({ analyticsReporting: false });
addService(app, optionsOfContext(blueprint, root, app.node, known));
app.synth();
