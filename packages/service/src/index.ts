export { blueprint } from './blueprint.ts';
export { photoModel } from './models.ts';
