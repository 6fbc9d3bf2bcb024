import { type Call, useRequest } from '../../http/use-request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

/** A change of accounts; what the server refuses for a reason is told in the user's words. */
export function usePeopleRequest(): Call {
  const { t } = useTranslation();
  return useRequest({
    self: t('people.refused.self'),
    account: t('people.refused.account'),
    invited: t('people.refused.invited'),
    full: t('people.refused.full'),
  });
}
