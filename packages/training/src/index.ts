export * from './datasets/boston-columns.ts';
