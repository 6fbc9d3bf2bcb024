import type { Client } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopicPart } from '../../realtime/index.ts';
import { Combobox } from '../../ui/combobox.tsx';

const NONE: readonly Client[] = [];
const OFFERED = 30;

interface ClientPickerProps {
  readonly name: string;
  readonly onPick: (client: { id: string; name: string } | null) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly optional?: boolean;
}

export function ClientPicker({
  name,
  onPick,
  error,
  autoFocus = false,
  optional = false,
}: ClientPickerProps) {
  const { t } = useTranslation();
  const clients = useTopicPart('clients', (view) => view.clients) ?? NONE;
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? '').trim().toLocaleLowerCase();
  const found = clients.filter(
    (client) => !client.archived && client.name.toLocaleLowerCase().includes(wanted),
  );
  return (
    <Combobox
      label={t('new_order.client')}
      placeholder={t('new_order.client_hint')}
      nothing={t('new_order.no_client')}
      text={typed ?? name}
      onText={(text) => {
        setTyped(text);
        onPick(null);
      }}
      options={found
        .slice(0, OFFERED)
        .map(({ id, name, country }) => ({ id, label: name, detail: country ?? '' }))}
      onPick={(option) => {
        setTyped(null);
        onPick({ id: option.id, name: option.label });
      }}
      error={error}
      autoFocus={autoFocus}
      optional={optional}
    />
  );
}
