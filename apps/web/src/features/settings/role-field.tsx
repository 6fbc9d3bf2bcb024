import { ALL_ROLES, type Role } from '@almenara/events';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/select-field.tsx';

interface RoleFieldProps {
  readonly label: string;
  readonly role: Role;
  readonly onChange: (role: Role) => void;
}

/** A role, and what it may do. */
export function RoleField({ label, role, onChange }: RoleFieldProps) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={label}
      hint={t(`people.role_hint.${role}`)}
      value={role}
      options={ALL_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      onChange={(value) => {
        const picked = ALL_ROLES.find((one) => one === value);
        if (picked) onChange(picked);
      }}
    />
  );
}
