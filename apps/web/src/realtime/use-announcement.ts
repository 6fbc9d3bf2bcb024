import type { ConnectionState } from '@almenara/client';
import { useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { connectionText } from './connection-text.ts';

/** What is worth saying aloud: that the connection is lost, once, and that it is back; not each try in between. */
export function useAnnouncement(state: ConnectionState): string {
  const { t } = useTranslation();
  const [said, setSaid] = useState<'nothing' | 'lost' | 'back'>('nothing');
  const [reason, setReason] = useState<ConnectionState>(state);
  const { tone } = connectionText(state);
  if (tone === 'bad' && said !== 'lost') {
    setSaid('lost');
    setReason(state);
  }
  if (tone === 'good' && said === 'lost') setSaid('back');
  if (said === 'nothing') return '';
  if (said === 'back') return t('connection.back_online');
  const lost = connectionText(reason);
  return lost.reason === null ? t(lost.label) : `${t(lost.label)}: ${t(lost.reason)}`;
}
