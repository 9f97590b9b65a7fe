/** CHORUS_CHROMIUM: the browser to test with. @default Debian's */
export const chromiumPath: string = process.env['CHORUS_CHROMIUM'] || '/usr/bin/chromium';
