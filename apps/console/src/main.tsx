import { render } from 'preact';
import { fetchOffer } from './api/commands.ts';
import { openSession } from './api/session.ts';
import { App } from './app.tsx';

const root = document.getElementById('console');

async function open(into: HTMLElement): Promise<void> {
  try {
    await openSession();
    const offer = await fetchOffer();
    render(<App offer={offer} />, into);
  } catch (error) {
    render(
      <main id="main">
        <h1>Chorus console</h1>
        <p class="notice warn" role="alert">
          The console is not open: {error instanceof Error ? error.message : String(error)}
        </p>
        <p>
          <code>npx -y pnpm@12 chorus console</code>
        </p>
      </main>,
      into,
    );
  }
}

if (root !== null) await open(root);
