import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blueprint, model, pipelines } from '@chorus/blueprint';
import { bostonSchema } from '@chorus/training/boston';
import { bostonRecipes, bostonTarget } from '@chorus/training/boston-recipes';
import { root, served } from './service.ts';

const trained = 'linear-regression';

/** Returns the service whose new versions wait for a person. */
export function approvalService(): Blueprint {
  const of = served();
  const [workflow] = of.workflows;
  if (workflow === undefined) throw new Error('no workflow is served');
  const { machines } = pipelines([
    {
      name: workflow.name,
      workflow,
      target: { name: bostonTarget },
      train: [{ model: model(trained), schema: bostonSchema(trained), ...bostonRecipes[trained] }],
      rows: { minimum: 100, maximum: 10_000 },
      promotion: 'approval',
    },
  ]);
  const names = new Set(machines.map(({ name }) => name));
  return {
    ...of,
    machines: [...(of.machines ?? []).filter(({ name }) => !names.has(name)), ...machines],
  };
}

/** Returns the known rows, and some of a new district whose houses cost twice as much: a new version knows more of it. */
export async function moreRows(): Promise<string> {
  const text = await readFile(join(root, 'packages/training/data/boston.csv'), 'utf8');
  const [header = '', ...rows] = text.trim().split(/\r?\n/);
  const columns = header.toLowerCase().split(',');
  const district = rows
    .filter((_, index) => index % 5 === 0)
    .map((row) =>
      row
        .split(',')
        .map((cell, index) => {
          if (columns[index] === 'tax') return '900';
          return columns[index] === 'medv' ? String(2 * Number(cell)) : cell;
        })
        .join(','),
    );
  return `${[header.toUpperCase(), ...rows, ...district].join('\n')}\n`;
}
