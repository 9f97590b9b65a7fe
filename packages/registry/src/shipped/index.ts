/** The subpath `@chorus/registry/shipped`: the weights that a model's folder holds or names. */
export { WeightsUnavailableError } from '../errors.ts';
export { type FetchOptions, fetchWeights } from './fetch-weights.ts';
export { readShipped, type Shipped } from './read-shipped.ts';
