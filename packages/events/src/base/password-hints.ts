/** Why a password was refused as too easy to guess: `details.hint`, where `details.reason` is `weak_password`. */
export const PASSWORD_HINTS = ['common', 'personal', 'pattern', 'date', 'name', 'word'] as const;
export type PasswordHint = (typeof PASSWORD_HINTS)[number];
