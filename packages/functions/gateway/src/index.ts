export type { GatewaySettings, Names } from './env.ts';
export { ConfigurationError } from './errors.ts';
export { createGateway } from './gateway.ts';
export type { ServiceDescription } from './served.ts';
