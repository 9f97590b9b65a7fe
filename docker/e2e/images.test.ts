import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../src/build.ts';
import { bundle } from '../src/bundle.ts';
import { targetPlatform } from '../src/env.ts';
import { bundleFolder } from '../src/platform.ts';
import { type Docker, findDocker } from '../src/testing/docker.ts';
import { answer, publish, request } from '../src/testing/house-model.ts';
import { type LambdaDouble, type Post, startLambdaDouble } from '../src/testing/lambda-double.ts';
import { photoCases } from '../src/testing/photo-service.ts';

const packages = resolve(import.meta.dirname, '../../packages');
const models = ['linear-regression', 'random-forest', 'svr', 'onnx-model'];
const sources: Readonly<Record<string, string>> = {
  ...Object.fromEntries(models.map((name) => [name, `models/${name}`])),
  'onnx-model': 'functions/onnx-model',
  'image-classifier': 'models/image-classifier',
  locate: 'functions/locate',
  uploads: 'functions/uploads',
  features: 'functions/features',
  gateway: 'functions/gateway',
};
const functions = Object.keys(sources);
const bases = ['tiny', 'slim'];
const megabyte = 1_000_000;

/** Most bytes of an image, by its base and what is in it beside code: ONNX Runtime, sharp, both or neither. */
const budgets: Record<string, { model: number; classifier: number; sharp: number; code: number }> =
  {
    tiny: {
      model: 200 * megabyte,
      classifier: 210 * megabyte,
      sharp: 165 * megabyte,
      code: 150 * megabyte,
    },
    slim: {
      model: 290 * megabyte,
      classifier: 270 * megabyte,
      sharp: 225 * megabyte,
      code: 240 * megabyte,
    },
  };

function budgetOf(name: string, base: string): number {
  const { model = 0, classifier = 0, sharp = 0, code = 0 } = budgets[base] ?? {};
  if (models.includes(name)) return model;
  return { 'image-classifier': classifier, locate: sharp }[name] ?? code;
}

const folder = mkdtempSync(join(tmpdir(), 'chorus-images-'));
let docker: Docker;
let lambda: LambdaDouble;

/** The images of these tests, beside those that `pnpm build` made. */
const image = (name: string, base: string) => `chorus-test-${name}-${base}:local`;

beforeAll(async () => {
  docker = await findDocker();
  lambda = await startLambdaDouble();
  const here = docker.run('images', '--format', '{{.Repository}}:{{.Tag}}');
  for (const base of bases)
    if (!here.includes(`chorus-base:${base}`))
      throw new Error(`chorus-base:${base} is missing: bash docker/base/make-base.sh`);
  for (const [name, source] of Object.entries(sources)) {
    const target = bundleFolder(join(folder, name), targetPlatform());
    await bundle(join(packages, source), targetPlatform(), target);
    for (const base of bases) {
      writeFileSync(
        join(folder, name, 'package.json'),
        JSON.stringify({ name: `@chorus/test-${name}-${base}` }),
      );
      const settings = { baseImage: `chorus-base:${base}`, runtimeImage: undefined };
      await buildImage(join(folder, name), targetPlatform(), docker.engine, settings);
    }
  }
});

afterAll(() => {
  lambda?.close();
  rmSync(folder, { recursive: true });
  const images = functions.flatMap((name) => bases.map((base) => image(name, base)));
  docker?.run('rmi', '--force', ...images);
});

/** How Lambda runs an image, as near as Docker comes: nothing is writable but /tmp. */
const confined = [
  ...['run', '--rm', '--network', 'host', '--read-only', '--tmpfs', '/tmp:mode=1777,size=64m'],
  ...['--cap-drop', 'ALL', '--cpus', '1', '--memory', '512m'],
];

/** Starts an image's entry point, has it answer one event, and ends it. */
async function invoke(
  tag: string,
  environment: Readonly<Record<string, string>>,
  event: unknown,
): Promise<Post> {
  const { runtimeApi, posted } = lambda.offer(event);
  const variables = Object.entries({ ...environment, AWS_LAMBDA_RUNTIME_API: runtimeApi });
  const options = variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const container = docker.run(...confined, '--detach', ...options, tag);
  try {
    return await posted;
  } finally {
    docker.run('kill', container);
  }
}

/** Returns the value of an expression inside a container of the image. */
function evaluate(tag: string, expression: string): unknown {
  return JSON.parse(
    docker.run(...confined, '--entrypoint', 'node', tag, '-p', `JSON.stringify(${expression})`),
  );
}

describe.each(bases)('on the base image %s', (base) => {
  it.each(models)('%s answers an event, read-only and confined', async (name) => {
    const environment = publish(lambda.objects, name, lambda.host);
    const { path, body } = await invoke(image(name, base), environment, request);
    expect(path).toMatch(/response$/);
    expect(body).toMatchObject({ model_name: name, model_version: 'v1', outputs: [answer] });
  });

  it('the gateway answers a request', async () => {
    const environment = { MODEL_FUNCTIONS: '{"svr":"chorus-svr"}' };
    const event = { path: '/v2/models', httpMethod: 'GET' };
    const { body } = await invoke(image('gateway', base), environment, event);
    expect(body).toMatchObject({ statusCode: 200, body: '{"models":["svr"]}' });
  });

  it.each(['image-classifier', 'locate', 'uploads', 'features'])(
    '%s answers what the photo service asks of it',
    async (name) => {
      const cases = photoCases(lambda.objects, lambda.host).filter((each) => each.name === name);
      expect(cases.length).toBeGreaterThan(0);
      for (const { environment, event, answer: expected, what } of cases) {
        const { body } = await invoke(image(name, base), environment, event);
        expect(body, what).toMatchObject(expected);
      }
    },
  );

  it.each(functions)('%s is within its size', (name) => {
    const bytes = Number(
      docker.run('image', 'inspect', '--format', '{{.Size}}', image(name, base)),
    );
    expect(bytes).toBeGreaterThan(100 * megabyte);
    expect(bytes).toBeLessThanOrEqual(budgetOf(name, base));
  });

  it.each(functions)('%s holds the bundle, compiled, and nothing else of ours', (name) => {
    const paths = docker.list(image(name, base));
    const ours = paths.filter((line) => line.includes(' var/task/') && !line.startsWith('d'));
    const known =
      / var\/task\/(?:app\/[\w-]+\.mjs|native\/(?:platform\.json|libonnxruntime\.so\.1|onnxruntime_binding\.node|sharp-linux-\w+\/lib\/sharp\.node|sharp-libvips-linux-\w+\/lib\/libvips-cpp\.so\.[\d.]+)|compile-cache\/v24[\w.-]+-993\/\w+)$/;
    expect(ours.length).toBeGreaterThan(5);
    expect(ours.filter((line) => !known.test(line))).toEqual([]);
    expect(ours.filter((line) => !line.startsWith('-rw-r--r--'))).toEqual([]);
    expect(
      paths.filter((line) => /node_modules|\.map$|\.ts$|\.npm|_cacache|\.pnpm|corepack/.test(line)),
    ).toEqual([]);
  });

  it.each(functions)('%s runs as Lambda runs it: not as root, in UTC, compiled', (name) => {
    const tag = image(name, base);
    const [{ Config: config }] = JSON.parse(docker.run('image', 'inspect', tag)) as [
      { Config: unknown },
    ];
    expect(config).toMatchObject({
      User: '993:990',
      Entrypoint: ['node', '/var/task/app/main.mjs'],
      Labels: { 'com.amazonaws.lambda.feature.snapstart': 'Allow' },
    });
    const facts = `{
      user: [process.getuid(), process.getgid()],
      zone: [process.env.TZ, new Date(0).getTimezoneOffset()],
      cache: require('node:module').getCompileCacheDir(),
      node: process.versions.node.split('.')[0],
    }`;
    expect(evaluate(tag, facts)).toMatchObject({
      user: [993, 990],
      zone: [':UTC', 0],
      cache: expect.stringMatching(/^\/var\/task\/compile-cache\/v24/),
      node: '24',
    });
  });

  it('only /tmp can be written', () => {
    const write = (path: string) =>
      `(() => { try { require('node:fs').writeFileSync('${path}', ''); return 'written'; } catch (e) { return e.code; } })()`;
    const facts = `[${write('/tmp/x')}, ${write('/var/task/app/x')}, ${write('/x')}]`;
    expect(evaluate(image('svr', base), facts)).toEqual(['written', 'EROFS', 'EROFS']);
  });

  it('the tabular models share all layers but those of their code', () => {
    const layers = models.map((name) => {
      const text = docker.run(
        'image',
        'inspect',
        '--format',
        '{{json .RootFS.Layers}}',
        image(name, base),
      );
      return JSON.parse(text) as string[];
    });
    const shared = layers[0]?.filter((layer) => layers.every((others) => others.includes(layer)));
    // The base and ONNX Runtime; the folder between them too, unless the images were built side by side.
    expect(shared?.length).toBeGreaterThanOrEqual(2);
  });
});
