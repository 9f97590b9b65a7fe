import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { preview, stages } from '../../stages.ts';
import { narrow } from '../narrow.ts';
import type { AppOptions, StageOptions } from '../options.ts';
import { bundledRoot } from './assembly.ts';
import { withMessages } from './messages.ts';

/** One combination of the options of a stage. */
interface Combination {
  readonly stage: Omit<StageOptions, 'name' | 'pins'> &
    Partial<Pick<StageOptions, 'name' | 'pins'>>;
  /** Whether the service's pages are open to everyone. @default false */
  readonly publicPages?: boolean;
  /** Whether it has queues, topics, a bus and schedules besides its own. @default false */
  readonly messages?: boolean;
}

const [workflow = blueprint.workflows[0]] = blueprint.workflows.filter(
  ({ name }) => name === 'house-price',
);
const tables = { workflows: [workflow?.name ?? ''] };
const jwt = { issuer: 'https://login.example.com/pool', audience: ['web'] };
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f`;
const [route] = blueprint.routes.filter(({ method }) => method === 'POST');
const routeRates = { [`POST ${route?.path}`]: { perSecond: 3 } };
const [svr = ''] = workflow?.functions.map(({ name }) => name) ?? [];

/** Every function as it is after some deployments. */
const pins = Object.fromEntries(blueprint.functions.map(({ name }) => [name, { live: '7' }]));

/**
 * Combinations of options in which each option meets most of the others. The first one is the smallest stage; most others have
 * tables alone too, since those are made fast.
 */
export const matrix: Readonly<Record<string, Combination>> = {
  tables: { stage: { region: 'us-east-1', ...tables } },
  'as shipped: staging': { stage: { region: 'us-east-1', ...stages['staging'], name: 'staging' } },
  'as shipped: production, live': {
    stage: { region: 'us-east-1', ...stages['production'], pins },
  },
  'as shipped: a preview': {
    stage: { ...preview, name: 'pr-7', expires: '2026-12-01T09:00:00.000Z' },
  },
  'tokens and a name, in Europe': {
    stage: {
      region: 'eu-central-1',
      ...tables,
      access: 'jwt',
      jwt,
      domain: { name: 'api.example.com', certificate: certificate('eu-central-1') },
      dashboard: true,
      alarms: 'none',
      fanOut: true,
    },
  },
  'signatures, a firewall and pages of others': {
    stage: {
      region: 'us-east-1',
      ...tables,
      access: 'iam',
      waf: true,
      origins: ['https://shop.example.com', 'http://localhost:5173'],
      routeRates,
    },
  },
  'tokens and pages of others': {
    stage: {
      region: 'us-west-2',
      ...tables,
      access: 'jwt',
      jwt,
      waf: true,
      origins: ['https://shop.example.com'],
      architecture: 'x64',
      pins,
      canary: '10-percent-15-minutes',
    },
  },
  'open to all, in a small account': {
    stage: {
      region: 'ap-southeast-2',
      account: '123456789012',
      ...tables,
      access: 'open',
      rate: { perSecond: 10, burst: 15 },
      routeRates,
      reservesConcurrency: false,
      logDays: 7,
      keepsData: false,
    },
  },
  'a key, a quota, and environments that are ready': {
    stage: {
      region: 'us-east-1',
      ...tables,
      requestsPerMonth: 1000,
      origins: ['https://shop.example.com'],
      alarms: 'arn:aws:sns:us-east-1:123456789012:on-call',
      dashboard: true,
      functions: {
        [svr]: { provisionedConcurrency: 2, memoryMb: 512 },
        gateway: { keepWarmMinutes: 5 },
      },
    },
  },
  'public pages behind a firewall, with names': {
    publicPages: true,
    stage: {
      region: 'us-east-1',
      waf: true,
      featureStore: false,
      pageDomain: { name: 'photos.example.com', certificate: certificate('us-east-1') },
      domain: { name: 'api.example.com', certificate: certificate('us-east-1') },
    },
  },
  'public pages, tokens for all else': {
    publicPages: true,
    stage: {
      region: 'eu-west-1',
      featureStore: false,
      access: 'jwt',
      jwt,
      publicRate: { perSecond: 2 },
      publicRequestsPerMonth: 500,
      origins: ['https://shop.example.com'],
    },
  },
  'public pages, signatures, and a database behind a proxy': {
    publicPages: true,
    stage: {
      region: 'us-east-1',
      access: 'iam',
      databaseProxy: true,
      zones: ['us-east-1c', 'us-east-1a'],
      dashboard: true,
      pins,
    },
  },
  'queues, topics, a bus and schedules': {
    messages: true,
    stage: { region: 'us-east-1', featureStore: false, pins, canary: '10-percent-5-minutes' },
  },
  'messages of one workflow, on the other processor': {
    messages: true,
    stage: { ...preview, ...tables, name: 'pr-7', architecture: 'x64' },
  },
  'snapshots of one function, on the other processor': {
    stage: {
      region: 'us-east-1',
      ...tables,
      architecture: 'x64',
      functions: { [svr]: { snapStart: true } },
      canary: 'all-at-once',
      alarms: 'bootstrap',
      name: 'staging',
    },
  },
};

/** Returns the service, with its pages open to everyone or not, and with messages. */
function serviceOf({ publicPages = false, messages = false }: Combination): Blueprint {
  const service = messages ? withMessages : blueprint;
  return publicPages ? { ...service, publicPages } : service;
}

/** Returns what a combination deploys, with something in the place of bundles and pages. */
export function optionsOf(
  combination: Combination,
): AppOptions & { readonly stages: readonly [StageOptions] } {
  const service = serviceOf(combination);
  const root = bundledRoot({}, undefined, narrow(service, combination.stage));
  for (const { source } of service.pages ?? []) {
    mkdirSync(join(root, source, 'dist'), { recursive: true });
    writeFileSync(join(root, source, 'dist/index.html'), '<!doctype html>');
  }
  return {
    blueprint: service,
    root,
    stages: [{ name: 'production', pins: {}, ...combination.stage }],
  };
}
