import { Outlet, useRouteContext } from '@tanstack/react-router';
import { ActivityProvider } from '../activity/index.ts';
import { MeContext } from '../people/me.ts';
import { PeopleProvider } from '../people/people.tsx';
import { WebSocketProvider } from '../realtime/index.ts';
import { Shell } from './shell.tsx';

/** Connected while someone is signed in. */
export function Desk() {
  const { account, realtime } = useRouteContext({ from: '/desk' });
  return (
    <MeContext value={account}>
      <WebSocketProvider realtime={realtime}>
        <PeopleProvider>
          <ActivityProvider>
            <Shell>
              <Outlet />
            </Shell>
          </ActivityProvider>
        </PeopleProvider>
      </WebSocketProvider>
    </MeContext>
  );
}
