export { type GatewaySettings, type Names, readSettings } from './env.ts';
export { createGateway } from './gateway.ts';
export type { ServiceDescription } from './served.ts';
