import type { Repository } from '@chorus/blueprint';
import { App } from 'aws-cdk-lib';
import * as all from '../../stages.ts';
import { OptionError } from '../errors.ts';
import { addStacks } from './app.ts';

// What `cdk` runs for `pnpm bootstrap`: `--app 'node src/bootstrap/main.ts' -c bootstrap=staging -c account=…`.
const app = new App({ analyticsReporting: false });
/** Returns the repository of `infra/stages.ts`, or the one of `-c repository=owner/name -c repositoryId=7`, to look at templates. */
function repositoryHere(): Repository {
  const name: unknown = app.node.tryGetContext('repository');
  const id = Number(app.node.tryGetContext('repositoryId'));
  return typeof name === 'string' ? { name, id } : all.repository;
}

const bootstrap: unknown = app.node.tryGetContext('bootstrap');
const account: unknown = app.node.tryGetContext('account');
if (typeof bootstrap !== 'string')
  throw new OptionError('-c bootstrap: expected a stage of infra/stages.ts, or preview');
if (typeof account !== 'string' || !/^\d{12}$/.test(account))
  throw new OptionError('-c account: expected the account of the credentials, twelve digits');
addStacks(app, { ...all, repository: repositoryHere() }, bootstrap, account);
app.synth();
