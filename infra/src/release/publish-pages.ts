import { join } from 'node:path';
import { pagesFolder } from '../pages/page-files.ts';
import { hasPublicPages, pageOriginName } from '../pages/public-routes.ts';
import { deployStack, output, type Run } from './release-run.ts';

/**
 * Brings the public pages' files to where Serving has their bucket, and tells Foundation the pages' origin, unless it knows:
 * CloudFront names it when it is made, after Foundation; from then on CloudFormation keeps it.
 */
export async function publishPages(run: Run): Promise<string> {
  const { tools, blueprint, assembly, stage } = run;
  if (!hasPublicPages(blueprint)) return 'no public pages';
  const bucket = await output(run, 'Serving', 'PageBucket');
  await tools.buckets.uploadPages(bucket, pagesFolder(assembly, stage));
  const origin = await output(run, 'Serving', 'PageUrl');
  if ((await output(run, 'Foundation', 'UploadOrigin')) !== origin)
    await deployStack(run, 'Foundation', { [pageOriginName]: origin });
  return join(origin, '/');
}

/** Has visitors get the pages that there were. */
export async function takePagesBack(run: Run): Promise<readonly string[]> {
  const { tools, before } = run;
  if (before.pages === undefined) return [];
  const bucket = await output(run, 'Serving', 'PageBucket');
  await tools.buckets.restorePages(bucket, before.pages);
  return ['the pages are back'];
}
