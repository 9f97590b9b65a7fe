import type { ModelSchema } from '@chorus/protocol';
import { bostonSchema } from '@chorus/training/boston';

/** The model's inputs and outputs. */
export const schema: ModelSchema = bostonSchema('random-forest');
