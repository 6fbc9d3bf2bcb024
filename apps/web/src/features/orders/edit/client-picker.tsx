import { randomUuid } from '@almenara/client';
import { useState } from 'react';
import { useFoundClients } from '../../../catalogue/use-found-clients.ts';
import { useErrorText } from '../../../forms/command-error.tsx';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { textSearch } from '../../../text-search.ts';
import { Combobox } from '../../../ui/combobox.tsx';

const OFFERED = 30;
const NEW = 'new';

interface Picked {
  readonly id: string;
  readonly name: string;
}

interface ClientPickerProps {
  readonly name: string;
  readonly onPick: (client: Picked | null) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly optional?: boolean | 'silent';
  /** Whether a name that nobody has can be added as a client. */
  readonly mayAdd?: boolean;
}

export function ClientPicker({
  name,
  onPick,
  error,
  autoFocus = false,
  optional = false,
  mayAdd = false,
}: ClientPickerProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const create = useCommand('create_client');
  const [typed, setTyped] = useState<string | null>(null);
  const [last, setLast] = useState<Picked | null>(null);
  /**
   * The client that is being added. If no answer comes and somebody tries the same name again, it keeps its id,
   * so that it is added once.
   */
  const [adding, setAdding] = useState<Picked | null>(null);
  const wanted = (typed ?? '').trim();
  const found = useFoundClients(wanted, OFFERED);
  const isNew = !found.some((client) => textSearch(wanted).is(client.name));
  const add =
    mayAdd && wanted !== '' && isNew
      ? [{ id: NEW, label: t('new_order.add_client', { name: wanted }), apart: true }]
      : [];

  const pick = (client: Picked): void => {
    setTyped(null);
    setLast(client);
    onPick(client);
  };
  const addClient = async (): Promise<void> => {
    if (create.pending) return;
    const client = adding?.name === wanted ? adding : { id: randomUuid(), name: wanted };
    setAdding(client);
    const result = await create.run({ clientId: client.id, name: wanted });
    if (result?.kind === 'done') pick(result.output.client);
    // The id was made here, so an order for this client can be placed now and wait behind it.
    if (result?.kind === 'queued') pick(client);
    if (result) setAdding(null);
  };
  return (
    <Combobox
      label={t('new_order.client')}
      placeholder={t('new_order.client_hint')}
      nothing={t('new_order.no_client')}
      text={typed ?? name}
      onText={(text) => {
        create.reset();
        // The text is the picked name again, as after a scan that was taken back out of this field: the client
        // stays picked.
        if (last !== null && text === last.name) return pick(last);
        setTyped(text);
        onPick(null);
      }}
      options={[
        ...found.map(({ id, name, country }) => ({ id, label: name, detail: country ?? '' })),
        ...add,
      ]}
      onPick={(option) => {
        if (option.id === NEW) void addClient();
        else pick({ id: option.id, name: option.label });
      }}
      error={create.error ? errorText(create.error) : error}
      // A name that is not picked yet sends no form.
      {...(typed !== null && { onEnter: () => {} })}
      autoFocus={autoFocus}
      optional={optional}
    />
  );
}
