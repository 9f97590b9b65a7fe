export { type RunningStores, startStores, type Trouble } from './start-stores.ts';
