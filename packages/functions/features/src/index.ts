export type { FeaturesSettings } from './env.ts';
export { FeaturesUnavailableError, MigrationError } from './errors.ts';
export {
  createFeaturesFunction,
  type FeaturesAnswer,
  type FeaturesFunction,
} from './handler.ts';
export { type MigrationReport, migrate } from './migrate.ts';
