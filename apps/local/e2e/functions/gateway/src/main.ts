import { createGateway, readSettings } from '@chorus/gateway';
import { describeApi } from '@chorus/openapi';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { fixedService } from '../../../fixed-service.ts';

await runBootstrap(() =>
  createGateway(readSettings(), fixedService, () => describeApi(fixedService)),
);
