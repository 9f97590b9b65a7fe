import { codeState, type Lineage } from '@chorus/registry';
import { root } from './root.ts';

/**
 * Returns how a version that is pushed now comes about.
 *
 * @param parent the version that is live
 * @param known what its manifest says already, which stands
 */
export async function lineageOf(parent: string | undefined, known: Lineage = {}): Promise<Lineage> {
  const code = known.code ?? (await codeState(root));
  return { ...(code && { code }), ...(parent !== undefined && { parent }), ...known };
}
