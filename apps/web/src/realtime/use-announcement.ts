import { useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import type { ConnectionText } from './connection-text.ts';

/** What is worth saying aloud: that the connection is lost, once, and that it is back; not each try in between. */
export function useAnnouncement(shown: ConnectionText): string {
  const { t } = useTranslation();
  const [said, setSaid] = useState<'nothing' | 'lost' | 'back'>('nothing');
  const [lost, setLost] = useState(shown);
  if (shown.tone === 'bad' && said !== 'lost') {
    setSaid('lost');
    setLost(shown);
  }
  if (shown.tone === 'good' && said === 'lost') setSaid('back');
  if (said === 'nothing') return '';
  if (said === 'back') return t('connection.back_online');
  return lost.reason === null ? t(lost.label) : `${t(lost.label)}: ${t(lost.reason)}`;
}
