import { ErrorCode } from '@almenara/events';
import { z } from 'zod';

const ProblemBody = z.object({
  code: ErrorCode,
  detail: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** An answer that is not what was asked for. `code` is null where the server was not reached or is not ours. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode | null;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    message: string,
    status: number,
    code: ErrorCode | null = null,
    details?: Record<string, unknown>,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function toProblem(status: number, body: unknown): Problem {
  const problem = ProblemBody.safeParse(body);
  if (!problem.success) return new Problem(`The server answered ${status}`, status);
  return new Problem(problem.data.detail, status, problem.data.code, problem.data.details);
}
