import { serveModel } from '@chorus/runtime';

await serveModel();
