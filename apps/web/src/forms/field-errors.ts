import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { FieldErrors } from '../http/server-fields.ts';
import { useTranslation } from '../i18n/use-translation.ts';

type Inputs = typeof import('./inputs.ts');

/**
 * How long to wait for the schemas, in ms: on a network that neither answers nor fails, a command must still
 * get into the queue.
 */
const PATIENCE_MS = 3000;

const loadInputs = (): Promise<Inputs> => import('./inputs.ts');

/** The schemas, or null where they cannot be loaded in time. */
function inputsInTime(): Promise<Inputs | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  return Promise.race([loadInputs().catch(() => null), late]).finally(() => clearTimeout(timer));
}

/**
 * The paths of numbers that could not be read (NaN). JSON turns those into null, which may mean something else
 * to the server.
 */
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
  /** Resolves to whether the input may be sent. */
  const check = async (input: unknown): Promise<boolean> => {
    setChecking(true);
    const inputs = await inputsInTime();
    // Without the schemas the server checks the input, except for unreadable numbers, which it would never see.
    const found: FieldErrors = inputs
      ? byPath(schema(inputs).safeParse(input).error?.issues ?? [], issueText)
      : Object.fromEntries([...unread(input)].map((path) => [path, t('field.number')]));
    setErrors(found);
    setChecking(false);
    return Object.keys(found).length === 0;
  };
  /** Removes the errors of a field and of its parts, once somebody changes it. */
  const forget = (field: string): void =>
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([path]) => path !== field && !path.startsWith(`${field}.`)),
      ),
    );
  return { errors, checking, forget, check };
}

/** Loads the schemas when somebody begins to type, so that they are here when the form is sent. */
function useLoadedByTyping(): void {
  useEffect(() => {
    const load = (): void => {
      loadInputs().catch(() => {
        // Sending the form tries again.
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
