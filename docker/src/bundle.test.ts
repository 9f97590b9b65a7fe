import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundle } from './bundle.ts';
import { BundleError } from './errors.ts';
import { answer, publish, request } from './testing/house-model.ts';
import { startLambdaDouble } from './testing/lambda-double.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const packages = resolve(import.meta.dirname, '../../packages');
const folder = temporaryFolder();
const bundleTo = (source: string, target: string) =>
  bundle(join(packages, source), 'linux/x64', join(folder, target));

let model: Bundle;
let gateway: Bundle;
beforeAll(async () => {
  model = await bundleTo('models/linear-regression', 'model');
  gateway = await bundleTo('functions/gateway', 'gateway');
});

/** Every file below a folder: its path, mode, date and content. */
function filesOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { mode, mtimeMs } = statSync(path);
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [path.slice(root.length + 1), `${mode.toString(8)} ${mtimeMs} ${hash}`];
    }),
  );
}

function textOf({ folder: root, chunks }: Bundle): string {
  return chunks.map(({ file }) => readFileSync(join(root, 'app', file), 'utf8')).join('\n');
}

/** The modules that are read before the entry point runs. */
function startOf({ chunks }: Bundle): readonly string[] {
  const read = (file: string): string[] => {
    const chunk = chunks.find((one) => one.file === file);
    return chunk === undefined ? [] : [...chunk.modules, ...chunk.imports.flatMap(read)];
  };
  return read('main.mjs');
}

const isSdk = /\/node_modules\/@(?:aws-sdk|smithy)\//;

describe.each(['model', 'gateway'])('the bundle of a %s', (kind) => {
  const subject = () => (kind === 'model' ? model : gateway);

  it('is the same bytes, modes and dates whenever it is made, wherever it is put', async () => {
    const source = kind === 'model' ? 'models/linear-regression' : 'functions/gateway';
    const again = await bundleTo(source, `elsewhere/and deeper/${kind}`);
    expect(filesOf(again.folder)).toEqual(filesOf(subject().folder));
  });

  it('names neither this machine nor a source map', () => {
    const text = textOf(subject());
    expect(text).not.toContain(resolve(packages, '..'));
    expect(text).not.toMatch(/node_modules|sourceMappingURL/);
    expect(
      Object.keys(filesOf(subject().folder)).filter((file) => /\.(?:map|ts)$/.test(file)),
    ).toEqual([]);
  });

  it('holds no tests, trainers or tools', () => {
    const modules = subject().chunks.flatMap((chunk) => chunk.modules);
    const own = modules.filter((id) => id.startsWith(packages));
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((id) => /\.test\.ts$|\/testing\/|\/trainers\//.test(id))).toEqual([]);
    const tools = /\/node_modules\/(?:@types|vitest|fast-check|rolldown|typescript|zod)\//;
    expect(modules.filter((id) => tools.test(id))).toEqual([]);
  });

  it('reads no AWS SDK and no ONNX Runtime before the entry point runs', () => {
    const all = subject().chunks.flatMap((chunk) => chunk.modules);
    expect(all.some((id) => isSdk.test(id))).toBe(true);
    expect(startOf(subject()).filter((id) => isSdk.test(id) || /onnxruntime/.test(id))).toEqual([]);
  });

  it('is a build context that holds its Dockerfile', () => {
    const dockerfile = readFileSync(join(subject().folder, 'Dockerfile'), 'utf8');
    expect(dockerfile).toMatch(/^ENTRYPOINT/m);
  });
});

it('has the library of ONNX Runtime for its platform only, and only where it is used', async () => {
  const arm = await bundle(join(packages, 'models/svr'), 'linux/arm64', join(folder, 'arm'));
  const machine = (root: string) =>
    readFileSync(join(root, 'native/libonnxruntime.so.1')).readUInt16LE(18);
  // e_machine of the ELF header: x86-64, AArch64.
  expect([machine(model.folder), machine(arm.folder)]).toEqual([62, 183]);
  const libraries = ['libonnxruntime.so.1', 'onnxruntime_binding.node', 'platform.json'];
  expect(readdirSync(join(arm.folder, 'native')).toSorted()).toEqual(libraries);
  expect(readdirSync(join(gateway.folder, 'native'))).toEqual(['platform.json']);
});

it('removes what an earlier bundle left', async () => {
  const target = join(folder, 'reused');
  mkdirSync(join(target, 'app'), { recursive: true });
  writeFileSync(join(target, 'app/old-chunk.mjs'), '');
  await bundleTo('functions/gateway', 'reused');
  expect(filesOf(target)).toEqual(filesOf(gateway.folder));
});

it.each([
  ['a file', `import './missing.ts';`],
  ['a package', `import 'no-such-package';`],
])('refuses an import of %s that is not there', async (_, code) => {
  const source = join(folder, 'broken');
  mkdirSync(join(source, 'src'), { recursive: true });
  writeFileSync(join(source, 'src/main.ts'), code);
  await expect(bundle(source, 'linux/x64')).rejects.toThrow(BundleError);
  await expect(bundle(source, 'linux/x64')).rejects.toThrow(/missing\.ts|no-such-package/);
});

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

it.each(['models/linear-regression', 'functions/onnx-model'])(
  'the bundle of %s serves an event as it lies there, with no packages around',
  async (source) => {
    const double = await startLambdaDouble();
    try {
      const platform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/x64';
      const { folder: root } = await bundle(
        join(packages, source),
        platform,
        join(folder, 'served', source),
      );
      const environment = publish(double.objects, 'linear-regression', double.host);
      const { runtimeApi, posted } = double.offer(request);
      child = spawn(process.execPath, [join(root, 'app/main.mjs')], {
        env: { ...environment, AWS_LAMBDA_RUNTIME_API: runtimeApi, TMPDIR: folder },
        stdio: 'ignore',
      });
      const { path, body } = await posted;
      expect(path).toBe('invocation/request/response');
      expect(body).toMatchObject({ model_name: 'linear-regression', outputs: [answer] });
    } finally {
      double.close();
    }
  },
);
