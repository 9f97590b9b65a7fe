import {
  type Blueprint,
  model,
  type PipelineSpec,
  type PipelineTrial,
  pipelines,
  tableSchema,
} from '@chorus/blueprint';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';
import { pipelineService } from './pipeline-service.ts';
import { visitColumns } from './visits.ts';

const [houses] = pipelineService.workflows;
if (houses === undefined) throw new Error('there is no workflow of houses');

/** A trial that lasts until it has seen enough, and that any version passes, however slow this machine is. */
const easy: PipelineTrial = {
  shadowSeconds: 1,
  canarySeconds: 1,
  canaryShare: 0.5,
  requestsPerSecond: 40,
  limits: { p95Ratio: 1000, meanDivergence: 100, maxDivergence: 1000 },
};

/** A pipeline that trains one model of houses. */
const ofHouses = (
  name: keyof typeof bostonRecipes,
): Pick<PipelineSpec, 'workflow' | 'target' | 'train' | 'rows'> => ({
  workflow: houses,
  target: { name: bostonTarget },
  train: [
    {
      model: model(name),
      schema: bostonSchema(name),
      ...bostonRecipes[name],
      ...(name === 'random-forest' && { options: { trees: 20 } }),
    },
  ],
  rows: { minimum: 100, maximum: 10_000 },
});

/** A model of something else than houses, served by itself. */
const ownModel = { ...model('returns'), source: 'apps/local/e2e/functions/returns' };

/** Pipelines that make new versions live in each way there is. */
const specs: readonly PipelineSpec[] = [
  {
    ...ofHouses('random-forest'),
    name: 'too-far',
    promotion: 'canary',
    trial: { ...easy, shadowSeconds: 0, limits: { ...easy.limits, meanDivergence: 0.001 } },
  },
  { ...ofHouses('svr'), name: 'unseen', promotion: 'shadow', trial: easy },
  {
    ...ofHouses('linear-regression'),
    name: 'by-degrees',
    promotion: 'canary',
    trial: { ...easy, canarySeconds: 5 },
  },
  {
    ...ofHouses('linear-regression'),
    name: 'unheard',
    promotion: 'approval',
    approvalSeconds: 2,
  },
  {
    name: 'returns',
    target: { name: 'returns', minimum: 0, maximum: 1 },
    train: [
      {
        model: ownModel,
        schema: tableSchema('returns', visitColumns, 'returns'),
        trainer: 'random-forest',
        options: { trees: 20, minLeaf: 5 },
        seed: 0,
      },
    ],
    rows: { minimum: 50, maximum: 10_000 },
    promotion: 'canary',
    trial: easy,
  },
];

const { machines, functions, buckets, tables } = pipelines(specs);
const made = new Set([...functions, ...buckets, ...tables].map(({ name }) => name));
const others = <Named extends { readonly name: string }>(all: readonly Named[] = []) =>
  all.filter(({ name }) => !made.has(name));

/** The service of houses, with these pipelines beside its own, which no file starts here. */
export const promotingService: Blueprint = {
  ...pipelineService,
  functions: [...others(pipelineService.functions), ownModel, ...functions],
  machines: [...(pipelineService.machines ?? []), ...machines],
  buckets: [...others(pipelineService.buckets), ...buckets],
  tables: [...others(pipelineService.tables), ...tables],
  schedules: [],
};
