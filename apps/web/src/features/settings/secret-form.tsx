import { Button } from '../../ui/button.tsx';
import { DialogForm } from '../../ui/dialog.tsx';
import { Secret } from '../../ui/secret.tsx';

interface SecretFormProps {
  readonly label: string;
  readonly value: string;
  readonly done: string;
  readonly onDone: () => void;
}

/** The end of a dialog that has made a key or link: shows it once, to be copied. */
export function SecretForm({ label, value, done, onDone }: SecretFormProps) {
  return (
    <DialogForm
      onSubmit={onDone}
      footer={
        <Button type="submit" look="primary">
          {done}
        </Button>
      }
    >
      <Secret label={label} value={value} />
    </DialogForm>
  );
}
