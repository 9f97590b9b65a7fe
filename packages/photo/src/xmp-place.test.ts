import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf } from './location.ts';
import { gpsTags, samplePicture } from './testing/sample-photos.ts';
import { placeOfXmp } from './xmp-place.ts';

const nairobi = { lat: -1.2921, lon: 36.8219 };

/** A packet as Adobe's tools write it, with a description's attributes and content. */
const packet = (attributes: string, content = ''): string =>
  `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" ${attributes}>${content}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const inXmp = packet('exif:GPSLatitude="47,22.5N" exif:GPSLongitude="8,32,30E"');

describe('a photo whose place is only in its XMP', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)(
    'is located there: %s',
    async (format) => {
      const bytes = await samplePicture().toFormat(format).withXmp(inXmp).toBuffer();
      expect(await locationOf(bytes)).toEqual({
        lat: expect.closeTo(47.375, 9),
        lon: expect.closeTo(8 + 32.5 / 60, 9),
      });
    },
  );

  it('is where its EXIF says where both do', async () => {
    const bytes = await samplePicture().jpeg().withExif(gpsTags(nairobi)).withXmp(inXmp).toBuffer();
    expect((await locationOf(bytes))?.lon).toBeCloseTo(nairobi.lon, 6);
  });

  it('is there too where its EXIF has no place', async () => {
    const exif = { IFD0: { Make: 'A camera' } };
    const bytes = await samplePicture().jpeg().withExif(exif).withXmp(inXmp).toBuffer();
    expect((await locationOf(bytes))?.lat).toBeCloseTo(47.375, 9);
  });
});

describe('coordinates in XMP', () => {
  const at = (lat: string, lon: string) =>
    placeOfXmp(packet(`exif:GPSLatitude="${lat}" exif:GPSLongitude="${lon}"`));

  it('may be elements, in any order', () => {
    const content = `
      <exif:GPSLongitude>36,49.3167E</exif:GPSLongitude>
      <exif:GPSLatitude>
        1,17.5167S
      </exif:GPSLatitude>`;
    expect(placeOfXmp(packet('', content))).toEqual({
      lat: expect.closeTo(-1.291945, 6),
      lon: expect.closeTo(36.821945, 6),
    });
  });

  it('may be south and west', () => {
    expect(at('33,51,31S', '70,30W')).toEqual({
      lat: expect.closeTo(-33.858611, 6),
      lon: expect.closeTo(-70.5, 9),
    });
  });

  it.each([
    ['no letter', '47,22.5', '8,32,30E'],
    ['the letter of the other axis', '47,22.5E', '8,32,30E'],
    ['decimal degrees', '47.375N', '8,32,30E'],
    ['a sign', '-47,22.5N', '8,32,30E'],
    ['60 minutes', '47,60N', '8,32,30E'],
    ['91 degrees', '91,0N', '8,32,30E'],
    ['181 degrees', '47,22.5N', '181,0E'],
    ['zeros, as of a camera without a fix', '0,0N', '0,0,0E'],
    ['nothing', '', ''],
  ])('are no place with %s', (_, lat, lon) => {
    expect(at(lat, lon)).toBeUndefined();
  });

  it('are none where one axis is absent', () => {
    expect(placeOfXmp(packet('exif:GPSLatitude="47,22.5N"'))).toBeUndefined();
    expect(
      placeOfXmp(packet('exif:GPSLatitudeRef="N" exif:GPSLongitude="8,32,30E"')),
    ).toBeUndefined();
  });

  it('are read from any text without an error', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(':GPSLatitude="', ':GPSLongitude>', '47,22.5N', '8,3E', '"', '<', ' '),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const place = placeOfXmp(parts.join(''));
        if (place !== undefined) expect(Math.abs(place.lat)).toBeLessThanOrEqual(90);
      }),
    );
  });
});
