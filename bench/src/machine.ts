import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/**
 * The day, the kind of machine and the versions, for a line under each heading. No host name: results are published.
 *
 * @param more further versions, e.g. of the peer
 */
export function describeMachine(day: Date, ...more: readonly string[]): string {
  const require = createRequire(import.meta.url);
  const { version } = require('onnxruntime-node/package.json') as { readonly version: string };
  const processor = cpus()[0]?.model.trim() || 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return [
    day.toISOString().slice(0, 10),
    `${availableParallelism()} cores (${processor}), ${memory}, ${platform()}/${arch()}`,
    `Node ${process.versions.node}`,
    `ONNX Runtime ${version}`,
    ...more,
  ].join('; ');
}
