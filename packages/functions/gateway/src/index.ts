export type { GatewaySettings, Names } from './env.ts';
export { createGateway } from './gateway.ts';
export type { ServiceDescription } from './served.ts';
