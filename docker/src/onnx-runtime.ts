import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { BundleError } from './errors.ts';
import type { Platform } from './platform.ts';

/** Folder of a build context for what is not JavaScript, beside `app/`. */
export const nativeFolder = 'native';

const binding = 'onnxruntime_binding.node';

/** The module of onnxruntime-node that loads its library, and the folder of the package. */
const bindingModule = /^(?<root>.*\/onnxruntime-node)\/dist\/binding\.js$/;

/** How that module asks for it: a path with the platform in it, which no bundler can follow. */
const bindingRequire = /require\(`\.\.\/bin\/napi-v6\/[^`]*onnxruntime_binding\.node`\)/;

/** Lets bundled code load ONNX Runtime's library from the build context. */
export const onnxRuntimePlugin: Plugin = {
  name: 'onnxruntime-node',
  transform: {
    filter: { id: bindingModule },
    handler(code, id) {
      if (!bindingRequire.test(code))
        throw new BundleError(
          `${id} loads its library in a new way: adapt bindingRequire in docker/src/onnx-runtime.ts`,
        );
      return code.replace(bindingRequire, `require('../${nativeFolder}/${binding}')`);
    },
  },
  resolveId: {
    filter: { id: /onnxruntime_binding\.node$/ },
    // As it is written, a relative path stays relative to the bundle.
    handler: (id) => ({ id, external: true }),
  },
};

/**
 * The two files that ONNX Runtime needs on a platform, by name; the package has those of all platforms, 290 MB.
 * The first finds the second by its own folder.
 *
 * @param modules what is bundled; none of onnxruntime-node, no files
 */
export function ortBinaries(
  modules: readonly string[],
  platform: Platform,
): readonly (readonly [name: string, path: string])[] {
  const root = modules
    .map((id) => bindingModule.exec(id)?.groups?.['root'])
    .find((found) => found !== undefined);
  if (root === undefined) return [];
  return [binding, 'libonnxruntime.so.1'].map((name) => [
    name,
    join(root, 'bin/napi-v6', platform, name),
  ]);
}
