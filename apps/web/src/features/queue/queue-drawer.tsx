import { isConnected } from '@almenara/client';
import { buildingOn } from '@almenara/client/queue';
import { useStore } from 'zustand';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime } from '../../realtime/index.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { QueuedItem } from './queued-item.tsx';

/** The commands of this device that are not done, in the order they go. */
export function QueueDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { queued, connection } = useRealtime();
  const commands = useStore(queued);
  const connected = useStore(connection, isConnected);
  const first = commands.find(({ state, heldBy }) => state === 'waiting' && heldBy === null);
  return (
    <Drawer title={t('queue.title')} onClose={onClose}>
      <p className="border-b border-line px-5 py-3 text-soft">
        {t(commands.length === 0 ? 'queue.empty' : 'queue.text')}
      </p>
      <ul className="flex-1 divide-y divide-line overflow-y-auto">
        {commands.map((command) => (
          <QueuedItem
            key={command.commandId}
            command={command}
            holds={buildingOn(command.commandId, commands).length}
            sending={connected && command === first}
            onLeave={onClose}
          />
        ))}
      </ul>
    </Drawer>
  );
}
