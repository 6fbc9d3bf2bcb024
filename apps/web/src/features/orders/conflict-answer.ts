import type { CommandFailed } from '@almenara/client';
import { Order } from '@almenara/events';
import { z } from 'zod';

const Conflict = z.object({ current: z.object({ order: Order }) });

/** The order as it is now, where a `conflict` answer says so. */
export const orderInAnswer = (error: CommandFailed | null): Order | undefined =>
  error?.code === 'conflict' ? Conflict.safeParse(error.details).data?.current.order : undefined;
