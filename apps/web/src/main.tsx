import { render } from 'preact';
import { App } from './app.tsx';
import { fetchSettings } from './settings.ts';

const root = document.getElementById('page');

async function open(into: HTMLElement): Promise<void> {
  try {
    const settings = await fetchSettings();
    document.title = settings.words.title;
    render(<App settings={settings} />, into);
  } catch (error) {
    into.innerHTML = '';
    render(
      <p class="notice" role="alert">
        This page could not be opened: {error instanceof Error ? error.message : String(error)}.{' '}
        <a href="./">Try again</a>
      </p>,
      into,
    );
  }
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./sw.js');
}

if (root !== null) await open(root);
