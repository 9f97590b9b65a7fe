import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { physicalName } from '@chorus/blueprint';
import { InfraError } from '../../errors.ts';
import { readAssembly } from '../assembly.ts';
import type { StackState, StackTools } from '../aws-tools.ts';
import type { FakeCloud } from './fake-cloud.ts';

/** Says what is about to be done; may throw, before it is done or after. */
export type Operation = <Result>(name: string, work: () => Result) => Promise<Result>;

const outputsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Foundation: {
    ModelBucket: 'models',
    DatabaseArn: 'arn:cluster',
    DatabaseSecret: 'arn:secret',
    UploadOrigin: 'https://page.invalid',
  },
  Functions: {},
  Serving: {
    ApiUrl: 'https://api.invalid/live/',
    KeyId: 'key1',
    PageUrl: 'https://page.example',
    PageBucket: 'page-files',
  },
};

/** Makes the functions of a template as CloudFormation does: a new version where code or model is another. */
function makeFunctions(cloud: FakeCloud, assembly: string, stage: string, code: string): void {
  const { pins, reserved } = readAssembly(assembly, stage);
  for (const [name, { live, model }] of Object.entries(pins)) {
    const known = cloud.functions.get(name) ?? {
      versions: [],
      aliases: {},
      reserved: 0,
      ready: [],
    };
    const last = known.versions.at(-1);
    if (last?.code !== code || JSON.stringify(last.model) !== JSON.stringify(model))
      known.versions.push({ code, model });
    const newest = String(known.versions.length);
    known.aliases['next'] = { version: newest, canaries: [] };
    known.aliases['live'] = { version: live ?? newest, canaries: [] };
    known.reserved = reserved[name] ?? 0;
    cloud.functions.set(name, known);
  }
  for (const name of cloud.functions.keys()) if (!(name in pins)) cloud.functions.delete(name);
}

const isUpdate = (status: string | undefined) =>
  status !== undefined && !['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(status);

/** CloudFormation with a memory, and the CDK's command line before it. */
export function fakeStacks(cloud: FakeCloud, operation: Operation): StackTools {
  const stateOf = (name: string): StackState | undefined => {
    const found = cloud.stacks.get(name);
    return found && { name, ...found };
  };
  function found(name: string) {
    const stack = cloud.stacks.get(name);
    if (stack === undefined) throw new InfraError(`there is no stack ${name}`);
    return stack;
  }
  return {
    read: async (name) => operation(`read ${name}`, () => stateOf(name)),
    templates: async (name) => ({ template: found(name).template, nested: {} }),
    before: async (name) => ({ template: found(name).template, parameters: [] }),
    reason: async (name) => found(name).reason,
    async deploy({ assembly, path, parameters = {}, signal }) {
      const [stage = '', id = ''] = path.split('/');
      const name = physicalName(id.toLowerCase(), stage);
      const was = cloud.stacks.get(name);
      try {
        await operation(`deploy ${id}`, () => {
          signal.throwIfAborted();
          const folder = join(assembly, `assembly-${stage}`);
          const file =
            readdirSync(folder).find(
              (each) => each.includes(`${id}0`) && each.endsWith('.template.json'),
            ) ?? '';
          const template = readFileSync(join(folder, file), 'utf8');
          const code: string = JSON.parse(template).Description;
          if (id === 'Functions') makeFunctions(cloud, assembly, stage, code);
          if (id === 'Serving') for (const each of cloud.functions.keys()) cloud.groups.add(each);
          const status = isUpdate(was?.status) ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE';
          const { PageOrigin } = parameters;
          const outputs = {
            ...outputsOf[id],
            ...(isUpdate(was?.status) && was?.outputs),
            ...(PageOrigin !== undefined && { UploadOrigin: PageOrigin }),
          };
          const { isProtected = false, tags = {} } = was ?? {};
          cloud.stacks.set(name, { status, template, outputs, isProtected, tags });
        });
      } catch (error) {
        // CloudFormation takes it back: an update to what was, a creation to nothing.
        const after = cloud.stacks.get(name);
        const isCut = (error as Error).name === 'InterruptedError';
        if (isCut && after !== undefined && after !== was)
          after.status = isUpdate(was?.status) ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS';
        else if (isUpdate(was?.status) && was !== undefined)
          cloud.stacks.set(name, {
            ...was,
            status: 'UPDATE_ROLLBACK_COMPLETE',
            reason: 'injected',
          });
        else if (!isCut)
          cloud.stacks.set(name, {
            status: 'ROLLBACK_COMPLETE',
            template: '',
            outputs: {},
            isProtected: false,
            tags: {},
            reason: 'injected',
          });
        throw error;
      }
    },
    restore: (name, { template }) =>
      operation(`restore ${name}`, () => {
        const stack = found(name);
        if (stack.status.endsWith('IN_PROGRESS')) throw new InfraError(`${name} is changing`);
        if (stack.template !== template) stack.status = 'UPDATE_COMPLETE';
        stack.template = template;
      }),
    async settle(name) {
      const stack = cloud.stacks.get(name);
      if (stack?.status === 'UPDATE_IN_PROGRESS') stack.status = 'UPDATE_COMPLETE';
      if (stack?.status === 'CREATE_IN_PROGRESS') stack.status = 'CREATE_COMPLETE';
      return stack?.status;
    },
    protect: (name, isProtected) =>
      operation('protect', () => {
        found(name).isProtected = isProtected;
      }),
    async resources(name) {
      found(name);
      if (name.endsWith('functions'))
        return [...cloud.functions.keys()].map((id) => ({ type: 'AWS::Lambda::Function', id }));
      return name.endsWith('serving')
        ? [{ type: 'AWS::S3::Bucket', id: 'page-files' }]
        : [
            { type: 'AWS::S3::Bucket', id: 'models' },
            { type: 'AWS::RDS::DBCluster', id: 'cluster' },
            { type: 'AWS::ElastiCache::ServerlessCache', id: 'cache' },
          ];
    },
    remove: (name) =>
      operation(`remove ${name}`, () => {
        if (found(name).isProtected) throw new InfraError(`${name} is protected`);
        cloud.stacks.delete(name);
      }),
    list: async (prefix) =>
      [...cloud.stacks.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => stateOf(name))
        .filter((each) => each !== undefined),
  };
}
