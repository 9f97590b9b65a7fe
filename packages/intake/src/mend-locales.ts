import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  type NodeProto,
} from 'onnx-buf';
import { nodesOf } from './graph-parts.ts';

/** The locale that is on every Linux with glibc, also in images without language packs. It knows the letters of Unicode. */
const everywhere = 'C.UTF-8';

/** Locales whose rules for letters are those of Unicode, unlike Turkish. */
const sameRules = /^$|^(en|de|fr|es|it|pt|nl)([_-]|$)/i;

function setLocale(node: NodeProto): boolean {
  const found = node.attribute.find(({ name }) => name === 'locale');
  if (!sameRules.test(Buffer.from(found?.s ?? []).toString())) return false;
  const locale = create(AttributeProtoSchema, {
    name: 'locale',
    type: AttributeProto_AttributeType.STRING,
    s: Buffer.from(everywhere),
  });
  node.attribute = [...node.attribute.filter((each) => each !== found), locale];
  return true;
}

/**
 * Gives operators that make letters small the locale that is there: a TfidfVectorizer is exported without one, and
 * ONNX Runtime then wants en_US, which images do not have.
 *
 * @returns for people: what was changed and why
 */
export function mendLocales(graph: GraphProto): readonly string[] {
  const changed = [...nodesOf(graph)].filter(
    (node) => node.opType === 'StringNormalizer' && setLocale(node),
  );
  return changed.length === 0
    ? []
    : [
        `StringNormalizer: its locale became ${everywhere}, which images have, and en_US they have not`,
      ];
}
