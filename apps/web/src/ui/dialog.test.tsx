import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { renderDesk } from '../testing/render.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

afterEach(cleanup);

test('a dialog over another begins where it says, not at the button that closes it', async () => {
  const close = (): void => {};
  await renderDesk(
    new FakeClient(),
    <Dialog title="Below" onClose={close}>
      <Button>Something</Button>
      <Dialog title="Above" onClose={close}>
        <Button>Before</Button>
        <Button autoFocus>What it is about</Button>
      </Dialog>
    </Dialog>,
  );
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'What it is about' }));
});
