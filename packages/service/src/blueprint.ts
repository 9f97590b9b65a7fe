import {
  asynchronous,
  type Blueprint,
  batches,
  bucket,
  models as everyModel,
  functionsOf,
  gateway,
  http,
  idempotent,
  pipelines,
  requestLink,
  routeToModels,
  table,
  traced,
  type WorkflowSpec,
  watchDrift,
  workflows,
} from '@chorus/blueprint';
import { labelsDocument, reviewDocument, uploadsDocument } from './documents.ts';
import { models } from './models.ts';
import { photos, uploadsExpireDays } from './pages/photos.ts';
import { housePricePipeline } from './pipelines/house-price.ts';
import { animal } from './workflows/animal.ts';
import { housePrice } from './workflows/house-price.ts';
import { review, reviews } from './workflows/review.ts';

/** The workflows that are served. A new one is a file under `workflows` and its name here. */
const served: readonly WorkflowSpec[] = [housePrice, animal, review];

/** What answers them later, for `?async=1`. */
const { functions: later, ...answeredLater } = asynchronous(served, { fanOut: true });

/** Each workflow tells its times to who asks with `?trace=1`. */
const timed = traced(served, answeredLater.routes);

/** Requests with an Idempotency-Key are answered once. */
const once = idempotent(timed.routes);

/** The right to put photos where the functions of `animal` read them. */
const putPhotos = bucket('uploads', { access: 'write', prefix: 'uploads/' });

/** Signs a URL that takes one photo of the type and size asked for. */
const uploads = http('uploads', { links: [putPhotos, requestLink] });

/** Keeps what people say about answers. */
const labels = http('labels', {
  links: [bucket('labels', { access: 'write', prefix: 'labels/' }), requestLink],
});

/** Reads what `review` kept under an id. */
const readReview = http('read-review', { links: [table('reviews', { access: 'read' })] });

/** What asks workflows about files of rows. */
const files = batches(served);

/** What trains models again with new rows. */
const training = pipelines([housePricePipeline]);

/** What counts the inputs and outputs of models, and tells when they drift. */
const drift = watchDrift(training.driftRules);

/** Photos of its callers that are too large for a state machine's input wait in `uploads`. */
const openInference = gateway({ links: [everyModel(), workflows(), putPhotos, requestLink] });

/** The service as it is deployed to AWS and run on a laptop. */
export const blueprint: Blueprint = {
  ...answeredLater,
  functions: functionsOf(served, [
    ...models,
    uploads,
    labels,
    readReview,
    openInference,
    ...later,
    ...training.functions,
    ...drift.functions,
  ]),
  workflows: served,
  machines: [
    ...answeredLater.machines,
    ...timed.machines,
    ...once.machines,
    ...files.machines,
    ...training.machines,
  ],
  routes: [
    ...once.routes,
    routeToModels(),
    { method: 'POST', path: '/uploads', function: 'uploads', document: uploadsDocument },
    { method: 'POST', path: '/labels', function: 'labels', document: labelsDocument },
    {
      method: 'GET',
      path: '/predict/review/{id}',
      function: 'read-review',
      document: reviewDocument,
    },
    {
      method: 'ANY',
      path: '/openapi.json',
      function: 'gateway',
      document: {
        summary: 'This document',
        answer: { type: 'object', required: ['openapi', 'paths'] },
        failures: [405, 429, 500, 502, 504],
      },
    },
    { method: 'ANY', path: '/v2', function: 'gateway' },
    { method: 'ANY', path: '/v2/{proxy+}', function: 'gateway' },
  ],
  buckets: [
    { name: 'models', purpose: 'ONNX weights and manifests, one folder per version' },
    {
      name: 'uploads',
      purpose: 'photos on their way to a model',
      expireDays: uploadsExpireDays,
      browserUploads: true,
    },
    { name: 'labels', purpose: 'what people say about answers, one object for each answer' },
    ...files.buckets,
    ...training.buckets,
  ],
  tables: [reviews, ...answeredLater.tables, ...once.tables, ...training.tables, ...drift.tables],
  queues: [...answeredLater.queues, ...training.queues],
  buses: [...answeredLater.buses, ...drift.buses],
  schedules: [...files.schedules, ...training.schedules, ...drift.schedules],
  jobs: training.jobs,
  pages: [photos],
  // Twenty environments of the one function that asks, with one connection each.
  featureStore: { source: 'packages/functions/features', maxConnections: 20 },
};
