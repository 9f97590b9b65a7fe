import type { PageSpec } from '@chorus/blueprint';

/** Uploads are deleted after so many days; the page says so. */
export const uploadsExpireDays = 1;

/** People show their photos and are told which animal is in them. The words are here; the page itself knows no animal. */
export const photos: PageSpec = {
  path: '/',
  source: 'apps/web',
  calls: ['POST /predict/animal', 'POST /uploads', 'POST /labels'],
  settings: {
    routes: { predict: '/predict/animal', uploads: '/uploads', labels: '/labels' },
    workflow: 'animal',
    inlineBytes: 180_000,
    uploadBytes: 20_000_000,
    expireDays: uploadsExpireDays,
    words: {
      title: 'Which animal is it?',
      lead: 'Show a photo of a bird, cat, dog, horse, sheep, cow, elephant, bear, zebra or giraffe.',
      subject: 'animal',
      known: 'birds, cats, dogs, horses, sheep, cows, elephants, bears, zebras and giraffes',
      plurals: { sheep: 'sheep' },
      kept: {
        field: 'zoo',
        label: 'In a zoo or a park',
        hint: 'Then it does not matter what lives at the place.',
      },
      noneHint: 'If there is one, try a photo on which it is larger, or in better light.',
    },
  },
};
