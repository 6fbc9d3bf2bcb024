import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { changeName } from '../../http/accounts.ts';
import { useRequest } from '../../http/use-request.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useMe, useRole } from '../../people/me.ts';
import { chooseTheme, THEMES, type Theme, theme } from '../../settings/theme.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { Section } from './section.tsx';

/** /settings/you: what is one's own. */
export function YouPage() {
  const { t, language } = useTranslation();
  const me = useMe();
  const role = useRole();
  const chosen = useStore(theme);
  return (
    <Page title={t('settings.you')}>
      <Section title={me.name}>
        <dl className="mb-5 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-soft">{t('you.email')}</dt>
          <dd className="break-all">{me.email}</dd>
          <dt className="text-soft">{t('you.role')}</dt>
          <dd>{t(`role.${role}`)}</dd>
        </dl>
        <NameForm />
      </Section>
      <Section title={t('you.appearance')} lead={t('you.on_this_device')}>
        <div className="grid max-w-lg gap-4 sm:grid-cols-2">
          <SelectField
            label={t('user.language')}
            value={language}
            options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={(value) => {
              const language = LANGUAGES.find((one): one is Language => one === value);
              if (language) void chooseLanguage(language);
            }}
          />
          <SelectField
            label={t('user.theme')}
            value={chosen}
            options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
            onChange={(value) => {
              const picked = THEMES.find((one): one is Theme => one === value);
              if (picked) chooseTheme(picked);
            }}
          />
        </div>
      </Section>
    </Page>
  );
}

function NameForm() {
  const { t } = useTranslation();
  const me = useMe();
  const { accounts } = useRouteContext({ from: '__root__' });
  const { errors, checking, check } = useFieldErrors(({ NameInput }) => NameInput);
  const request = useRequest();
  const [name, setName] = useState(me.name);
  const submit = async (): Promise<void> => {
    const input = { name: name.trim() };
    if (!(await check(input))) return;
    const done = await request.run(async () => {
      await changeName(input.name);
      return true;
    });
    if (!done) return;
    accounts.signedIn({ ...me, name: input.name });
    toast.success(t('settings.saved'));
  };
  return (
    <form
      noValidate
      className="flex max-w-lg flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {request.error !== null && <Alert tone="bad">{request.error}</Alert>}
      <TextField
        label={t('you.name')}
        hint={t('you.name_hint')}
        autoComplete="name"
        value={name}
        onChange={setName}
        error={errors.name}
      />
      <Button type="submit" className="self-start" pending={checking || request.pending}>
        {t('action.save')}
      </Button>
    </form>
  );
}
