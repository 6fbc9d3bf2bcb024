import type { CommandInput, CommandName } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useCommand } from '../realtime/index.ts';
import { toast } from '../ui/toast.ts';
import { CommandError } from './command-error.tsx';

const UNDO_MS = 10_000;

interface UndoProps<N extends CommandName> {
  readonly about: string;
  readonly name: N;
  readonly input: CommandInput<N>;
}

/** Tells what was done, and offers the command that makes up for it. */
export function undoToast<N extends CommandName>(title: string, undo: UndoProps<N>): void {
  toast.success(title, { description: <Undo {...undo} />, duration: UNDO_MS });
}

function Undo<N extends CommandName>({ about, name, input }: UndoProps<N>) {
  const { t } = useTranslation();
  const { pending, error, run } = useCommand(name);
  const [undone, setUndone] = useState(false);
  useEffect(() => {
    // A toast of its own: the one that offered the undo may be gone by the time the answer comes.
    if (error)
      toast.error(t('undo.failed'), { description: <CommandError error={error} />, duration: UNDO_MS });
  }, [error, t]);
  return (
    <span className="flex flex-col items-start gap-1.5">
      <span className="break-words">{about}</span>
      {undone ? (
        <span role="status" className="font-semibold">
          {t('undo.done')}
        </span>
      ) : (
        <button
          type="button"
          aria-disabled={pending}
          className="control -ml-2 inline-flex items-center rounded-md px-2 font-semibold underline"
          onClick={() => {
            if (!pending) void run(input).then((result) => setUndone(result !== null));
          }}
        >
          {t('undo.action')}
        </button>
      )}
    </span>
  );
}
