import { describe, expect, it } from 'vitest';
import { bodyOf, fieldsOf } from './fields.ts';

const row = {
  type: 'object',
  required: ['rooms'],
  properties: {
    rooms: { type: 'number', description: 'rooms per dwelling', minimum: 0, maximum: 20 },
    colour: { type: 'string', enum: ['red', 'blue'] },
  },
};
const schema = {
  anyOf: [{ type: 'object', properties: { instances: { type: 'array', items: row } } }, row],
};

describe('a form of a row', () => {
  const fields = fieldsOf(schema, { rooms: 6.5 });

  it('has a field for each feature, with what it may be and the example', () => {
    expect(fields).toEqual([
      {
        name: 'rooms',
        description: 'rooms per dwelling',
        type: 'number',
        minimum: 0,
        maximum: 20,
        choices: undefined,
        isRequired: true,
        example: '6.5',
      },
      {
        name: 'colour',
        description: '',
        type: 'text',
        minimum: undefined,
        maximum: undefined,
        choices: ['red', 'blue'],
        isRequired: false,
        example: '',
      },
    ]);
  });

  it('makes numbers of what are some, and leaves the rest for the service to refuse', () => {
    expect(bodyOf(fields, new Map([['rooms', ' 7 ']]))).toEqual({ rooms: 7 });
    expect(
      bodyOf(
        fields,
        new Map([
          ['rooms', 'many'],
          ['colour', 'red'],
        ]),
      ),
    ).toEqual({
      rooms: 'many',
      colour: 'red',
    });
    expect(bodyOf(fields, new Map([['rooms', '']]))).toEqual({});
  });

  it('takes bytes as a file, a text as it is, and what has parts not at all', () => {
    const others = fieldsOf(
      {
        type: 'object',
        required: ['text'],
        properties: {
          image: { type: ['string', 'null'], contentEncoding: 'base64' },
          text: { type: 'string' },
          id: { type: 'string', pattern: '^a$' },
          tame: { type: ['boolean', 'null'] },
          parameters: { type: 'object' },
        },
      },
      { text: 'hello' },
    );
    expect(others.map(({ name, type }) => [name, type])).toEqual([
      ['image', 'file'],
      ['text', 'long text'],
      ['id', 'text'],
      ['tame', 'text'],
    ]);
    const written = new Map([
      ['text', ' two\nlines '],
      ['tame', 'true'],
      ['id', ''],
    ]);
    expect(bodyOf(others, written)).toEqual({ text: ' two\nlines ', tame: true });
  });
});
