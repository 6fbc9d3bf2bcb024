import { useTranslation } from '../../i18n/use-translation.ts';
import { deviceName } from './device-name.ts';

/** A User-Agent in a few words. */
export function useDeviceText(): (agent: string | null) => string {
  const { t } = useTranslation();
  return (agent) => {
    const name = deviceName(agent);
    switch (name.kind) {
      case 'browser':
        return t('devices.on', { browser: name.browser, system: name.system });
      case 'program':
        return t('devices.program', { name: name.name });
      case 'unknown':
        return t('devices.unknown');
    }
  };
}
