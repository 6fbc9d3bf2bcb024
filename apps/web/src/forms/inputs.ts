import { line, Password } from '@almenara/events';
import { z } from 'zod';

/** The schemas that forms are checked with. Loaded when somebody types in the first of them, for zod comes with it. */

export { commands, InvitationInput, KeyInput, PasswordChange } from '@almenara/events';

export const NameInput = z.object({ name: line(100) });

export const AcceptInput = z.object({ password: Password });

/** The form of the first administrator. */
export const SetupInput = z.object({
  name: line(100),
  email: z.email().max(254),
  password: Password,
});
