/** Largest photo taken, in bytes; a phone's 12 megapixels have 3 to 8 million. */
export const maxPhotoBytes = 20_000_000;

/**
 * Largest photo taken, in pixels. Baseline JPEG and PNG are decoded a few lines at a time, but WebP, AVIF and progressive
 * JPEG as a whole: this is what a function of 1769 MB can hold of any of them (README, "Memory").
 */
export const maxPhotoPixels = 120_000_000;

/** How long libvips may work on one photo; 120 megapixels of AVIF take it about half as long on one Lambda vCPU. */
export const maxDecodeSeconds = 10;
