import { accountId } from '@chorus/emulator-aws';
import { element, type Xml } from '../xml.ts';

/** The account everything local belongs to, as `<Owner>` or `<Initiator>`. */
export function owner(name: 'Owner' | 'Initiator'): Xml {
  return element(name, [element('ID', accountId)]);
}
