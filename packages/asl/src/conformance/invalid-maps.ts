import type { MachineType } from '../machine.ts';
import type { InvalidDefinition } from './invalid-definitions.ts';
import { only } from './row.ts';

const jsonPath = (state: Readonly<Record<string, unknown>>) => ({
  StartAt: 'A',
  States: only(state),
});
const inner = { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } };
const reader = (ReaderConfig: Readonly<Record<string, unknown>>) => ({
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig,
  Parameters: { Bucket: 'b', Key: 'k' },
});
const distributed = (fields: Readonly<Record<string, unknown>>) => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...inner },
  ...fields,
});

/** Distributed Maps that must be refused. */
export const invalidMaps: readonly (InvalidDefinition & { readonly type?: MachineType })[] = [
  {
    title: 'a distributed Map in an Express workflow',
    definition: jsonPath(distributed({})),
    path: '/States/A/ItemProcessor/ProcessorConfig',
    message: /inline/,
  },
  ...(
    [
      [
        'a manifest as the reader of items',
        { ItemReader: reader({ InputType: 'MANIFEST' }) },
        'ItemReader/ReaderConfig/InputType',
        /"MANIFEST" is not done; it can be CSV, JSON, JSONL/,
      ],
      [
        'a field of a reader that is not done',
        { ItemReader: reader({ InputType: 'JSON', ItemsPointer: '/a' }) },
        'ItemReader/ReaderConfig/ItemsPointer',
        /ItemsPointer is not done/,
      ],
      [
        'a CSV of which nothing says where its headers are',
        { ItemReader: reader({ InputType: 'CSV' }) },
        'ItemReader/ReaderConfig',
        /CSVHeaderLocation/,
      ],
      [
        'a reader in the words of the other language',
        { ItemReader: { ...reader({ InputType: 'JSON' }), Arguments: {} } },
        'ItemReader/Arguments',
        /Parameters/,
      ],
      [
        'a reader of something else than S3',
        { ItemReader: { Resource: 'arn:aws:states:::dynamodb:query' } },
        'ItemReader/Resource',
        /s3:getObject or .*s3:listObjectsV2/,
      ],
      ['a batcher without bounds', { ItemBatcher: {} }, 'ItemBatcher', /MaxItemsPerBatch/],
      [
        'a transformation of results that there is none of',
        { ResultWriter: { WriterConfig: { Transformation: 'SORT' } } },
        'ResultWriter/WriterConfig/Transformation',
        /NONE, COMPACT, FLATTEN/,
      ],
      ['a label with a space', { Label: 'a b' }, 'Label', /none of them space/],
      ['a label that is too long', { Label: 'a'.repeat(41) }, 'Label', /1 to 40/],
    ] as const
  ).map(([title, fields, path, message]) => ({
    title,
    definition: jsonPath(distributed(fields)),
    type: 'STANDARD' as const,
    path: `/States/A/${path}`,
    message,
  })),
  {
    title: 'a reader of an inline Map',
    definition: jsonPath({
      Type: 'Map',
      ItemReader: reader({ InputType: 'JSON' }),
      ItemProcessor: inner,
    }),
    path: '/States/A/ItemReader',
    message: /distributed/,
  },
];
