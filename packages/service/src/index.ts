export { blueprint } from './blueprint.ts';
