/**
 * Runs before a program that trains: its first attempt is killed, as Spot does, once three trees have been kept. What an attempt has
 * kept is told at its end.
 */
import { subscribe } from 'node:diagnostics_channel';
import { told } from './env.ts';

let kept = 0;

subscribe('http.client.response.finish', (message) => {
  const { request } = message as {
    readonly request: { readonly method: string; readonly path: string };
  };
  if (request.method !== 'PUT' || !request.path.includes('/tree-')) return;
  kept += 1;
  if (told.attempt === 1 && kept === 3) process.kill(process.pid, 'SIGKILL');
});

process.once('exit', () => console.info(`attempt ${told.attempt} kept ${kept} trees`));
