import type { Blueprint } from '@chorus/blueprint';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { openFolder } from '../access/folder.ts';
import { type Cloud, startCloud } from '../cloud.ts';
import { processes } from '../hosts/processes.ts';

/** A cloud that is stopped together with its hold on the folder. */
export interface CloudInFolder extends Cloud {
  stop(): Promise<void>;
}

/** Starts a cloud in a folder, of nothing but what the blueprint names. */
export async function startIn(
  directory: string,
  blueprint: Partial<Blueprint> = {},
): Promise<CloudInFolder> {
  const folder = await openFolder(directory);
  const cloud = await startCloud({
    blueprint: { functions: [], workflows: [], routes: [], buckets: [], ...blueprint },
    host: processes({ root: directory, path: '', compileCache: directory }),
    folder,
    port: 0,
  }).catch((error: unknown) => {
    folder.release();
    throw error;
  });
  return {
    ...cloud,
    async stop() {
      await cloud.close(0);
      folder.release();
    },
  };
}

/** Asks a service in AWS JSON 1.0. @param target `AmazonSQS.CreateQueue` */
export async function askInJson(
  { url, credentials }: Pick<Cloud, 'url' | 'credentials'>,
  service: string,
  target: string,
  parameters: object,
): Promise<unknown> {
  const response = await signedFetch({
    url: `${url}/`,
    service,
    credentials,
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: JSON.stringify(parameters),
  });
  return response.json();
}
