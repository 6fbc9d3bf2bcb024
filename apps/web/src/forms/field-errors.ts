import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { FieldErrors } from '../http/server-fields.ts';
import { useTranslation } from '../i18n/use-translation.ts';

type Inputs = typeof import('./inputs.ts');

/** A network that neither answers nor fails must not keep what somebody sends from being kept on the device. */
const PATIENCE_MS = 3000;

const loadInputs = (): Promise<Inputs> => import('./inputs.ts');

/** The schemas, or null where they are not to be had now. */
function inputsInTime(): Promise<Inputs | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  return Promise.race([loadInputs().catch(() => null), late]).finally(() => clearTimeout(timer));
}

/** Where a number is none. JSON makes null of it, and null may mean something else. */
function* unread(input: unknown, path: readonly string[] = []): Generator<string> {
  if (Number.isNaN(input)) yield path.join('.');
  else if (typeof input === 'object' && input !== null)
    for (const [key, part] of Object.entries(input)) yield* unread(part, [...path, key]);
}

/** Checks input with the contract's own schema before it is sent, and says what is wrong in the user's words. */
export function useFieldErrors(schema: (inputs: Inputs) => z.ZodType) {
  const { t } = useTranslation();
  const issueText = useIssueText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [checking, setChecking] = useState(false);
  useLoadedByTyping();
  /** Whether nothing is known to be wrong with it. */
  const check = async (input: unknown): Promise<boolean> => {
    setChecking(true);
    const inputs = await inputsInTime();
    // Without the schemas the server checks it, all but what JSON would make something else of.
    const found: FieldErrors = inputs
      ? byPath(schema(inputs).safeParse(input).error?.issues ?? [], issueText)
      : Object.fromEntries([...unread(input)].map((path) => [path, t('field.number')]));
    setErrors(found);
    setChecking(false);
    return Object.keys(found).length === 0;
  };
  /** What was said of a field and of what is in it, once somebody changes that. */
  const forget = (field: string): void =>
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([path]) => path !== field && !path.startsWith(`${field}.`)),
      ),
    );
  return { errors, checking, forget, check };
}

/** Whoever types is going to send it: what it is checked with is there by then. */
function useLoadedByTyping(): void {
  useEffect(() => {
    const load = (): void => {
      loadInputs().catch(() => {
        // Asked for again when it is sent.
      });
    };
    document.addEventListener('input', load, { once: true });
    return () => document.removeEventListener('input', load);
  }, []);
}

type Issue = z.core.$ZodIssue;

function byPath(issues: readonly Issue[], text: (issue: Issue) => string): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[issue.path.join('.')] ??= text(issue);
  return errors;
}

function useIssueText() {
  const { t } = useTranslation();
  return (issue: Issue): string => {
    switch (issue.code) {
      case 'too_small':
        if (issue.origin !== 'string') return t('field.at_least', { min: Number(issue.minimum) });
        return issue.minimum === 1
          ? t('field.required')
          : t('field.too_short', { min: Number(issue.minimum) });
      case 'too_big':
        if (issue.origin === 'string') return t('field.too_long', { max: Number(issue.maximum) });
        return t('field.at_most', { max: Number(issue.maximum) });
      case 'invalid_type':
        return issue.expected === 'string' ? t('field.required') : t('field.number');
      case 'invalid_format':
        if (issue.format === 'email') return t('field.email');
        return issue.format === 'uuid' ? t('field.choose') : t('field.invalid');
      default:
        return t('field.invalid');
    }
  };
}
