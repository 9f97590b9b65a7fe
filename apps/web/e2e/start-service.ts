import type { TestProject } from 'vitest/node';
import { startPhotoService } from './photo-service.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of the page. */
    url: string;
  }
}

/** Starts the local cloud that all files ask. */
export default async function startService(project: TestProject): Promise<() => Promise<void>> {
  const service = await startPhotoService();
  project.provide('url', service.url);
  return service.remove;
}
