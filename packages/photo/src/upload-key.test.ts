import { InvalidRequestError } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photoKinds } from './kinds.ts';
import { checkUploadKey, newUploadKey } from './upload-key.ts';

describe('the key of an upload', () => {
  it('has the day, the uuid and the kind in it', () => {
    const uuid = '0b0e6f0c-5c3c-4c57-8a43-0f5d4c1f5b9a';
    const keys = photoKinds.map((kind) =>
      newUploadKey(kind, new Date('2026-11-22T23:59:59Z'), uuid),
    );
    expect(keys[0]).toBe(`uploads/2026-11-22/${uuid}.jpg`);
    expect(new Set(keys).size).toBe(photoKinds.length);
  });

  it('is accepted when it is one of ours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...photoKinds),
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.uuid(),
        (kind, date, uuid) => checkUploadKey(newUploadKey(kind, date, uuid)),
      ),
    );
  });

  it.each([
    '',
    'uploads',
    'uploads/',
    'uploads//a.jpg',
    'uploads/a.jpg/',
    'uploads/../models/random-forest/v1/model.onnx',
    'uploads/..',
    'uploads/./a.jpg',
    'uploads/a/../../b',
    'uploads/%2e%2e/a.jpg',
    'uploads\\..\\a.jpg',
    'uploads/a b.jpg',
    'uploads/ä.jpg',
    'uploads/a.jpg\n',
    'uploads/a.jpg\0',
    '/uploads/a.jpg',
    'Uploads/a.jpg',
    'uploadsa.jpg',
    'models/a.jpg',
    `uploads/${'a'.repeat(193)}`,
  ])('is refused when it is %j', (key) => {
    expect(() => checkUploadKey(key)).toThrow(InvalidRequestError);
  });

  it.each([
    'uploads/a',
    'uploads/.hidden',
    'uploads/..a',
    'uploads/a..b/c_d-e.f',
    `uploads/${'a'.repeat(192)}`,
  ])('is accepted when it is %j', (key) => {
    expect(() => checkUploadKey(key)).not.toThrow();
  });

  it('says where keys come from, and repeats no more than the start of a wrong one', () => {
    expect(() => checkUploadKey('x'.repeat(10_000))).toThrow(/POST \/uploads/);
    expect(() => checkUploadKey('x'.repeat(10_000))).toThrow(/^.{0,300}$/);
  });

  it('never leads out of the uploads, whatever it is', () => {
    const piece = fc.constantFrom('uploads', '/', '.', '..', '%', 'a', '\\', '\0');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const key = pieces.join('');
        try {
          checkUploadKey(key);
        } catch {
          return;
        }
        expect(new URL(key, 'http://s3/').pathname).toBe(`/${key}`);
        expect(key).toMatch(/^uploads\/./);
      }),
    );
  });
});
