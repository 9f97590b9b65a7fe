import { recipe as linearRegression } from '@chorus/linear-regression/recipe';
import { recipe as randomForest } from '@chorus/random-forest/recipe';
import { recipe as svr } from '@chorus/svr/recipe';
import { type TrainedModel, train } from '@chorus/training';
import { InferenceSession } from 'onnxruntime-node';

/** The models, by name: those of the house-price workflow. */
export type Models = ReadonlyMap<string, TrainedModel>;

/** Trains every model by its recipe: the bytes are those that `pnpm start` publishes. */
export async function trainModels(): Promise<Models> {
  const models = new Map<string, TrainedModel>();
  for (const recipe of [linearRegression, randomForest, svr])
    models.set(recipe.schema.name, await train(recipe));
  return models;
}

/** A trained model as a session on one thread, as in a function. */
export function openSession({ bytes }: TrainedModel): Promise<InferenceSession> {
  return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
}
