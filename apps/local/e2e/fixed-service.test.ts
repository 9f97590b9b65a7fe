import { afterAll, beforeAll, describe } from 'vitest';
import { describeAnimal } from './describe-animal.ts';
import { describeBadPhotos } from './describe-bad-photos.ts';
import { fixedService } from './fixed-service.ts';
import { describeGoldenAnswers } from './golden-answers/describe.ts';
import { startServingCloud, type TestCloud } from './test-cloud.ts';

// One cloud for both: to start one with its database and all models takes longer than most of what it is asked.
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, fixedService);
});
afterAll(() => cloud.remove());

describe('answers', () => describeGoldenAnswers(() => cloud));
describe('animals', () => describeAnimal(() => cloud));
describe('bad photos', () => describeBadPhotos(() => cloud));
