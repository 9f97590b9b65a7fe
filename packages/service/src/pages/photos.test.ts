import { expect, it } from 'vitest';
import { blueprint } from '../blueprint.ts';
import { photos } from './photos.ts';

const routes = blueprint.routes.map(({ method, path }) => `${method} ${path}`);
const { settings } = photos;
const workflow = blueprint.workflows.find(({ name }) => name === settings['workflow']);

it('calls routes that there are, and no others', () => {
  const called = Object.values(settings['routes'] as Record<string, string>);
  expect(photos.calls).toEqual(called.map((path) => `POST ${path}`));
  expect(routes).toEqual(expect.arrayContaining([...photos.calls]));
});

it('asks a workflow that takes the field of its switch, and no larger photos than it takes', () => {
  const { kept } = settings['words'] as { kept: { field: string } };
  const { properties } = (workflow?.request.bodySchema ?? {}) as {
    properties: Record<string, { maxLength?: number }>;
  };
  expect(Object.keys(properties)).toContain(kept.field);
  const characters = Math.ceil(Number(settings['inlineBytes']) / 3) * 4;
  expect(properties['image']?.maxLength).toBe(characters);
});

it('says after how many days uploads are deleted, as their bucket has it', () => {
  const uploads = blueprint.buckets.find(({ name }) => name === 'uploads');
  expect(uploads?.expireDays).toBe(settings['expireDays']);
});

it('is closed to the public unless it is opened', () => {
  expect(blueprint.pages).toContain(photos);
  expect(blueprint.publicPages ?? false).toBe(false);
});
