import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeBadRequests } from './bad-requests/describe.ts';
import { describeDocuments } from './describe-documents.ts';
import { startServingCloud, type TestCloud } from './test-cloud.ts';

// One cloud for both: to start one with its database and all models takes longer than most of what it is asked.
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, blueprint);
});
afterAll(() => cloud.remove());

describe('bad requests', () => describeBadRequests(() => cloud));
describe('documents', () => describeDocuments(() => cloud));
