export { openPages, type Pages, type PagesOptions } from './pages.ts';
export { type ReceivedRequest, whyStrange } from './strangers.ts';
