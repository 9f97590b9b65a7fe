import type { ModelSchema } from '@chorus/protocol';
import { bostonSchema } from '@chorus/training/boston';

/** What the model takes and gives. */
export const schema: ModelSchema = bostonSchema('random-forest');
