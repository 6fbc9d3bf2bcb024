import { errorCode } from './database/embedded-error.ts';

/** Why the server did not start, for whoever started it: what people can mend is said with how. */
export function describeStartError(error: unknown, env: NodeJS.ProcessEnv): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  const syscall = 'syscall' in error ? error.syscall : undefined;
  if (syscall === 'listen' && code === 'EADDRINUSE')
    return `port ${env.PORT || 4000} is in use by another program. Stop that, or set PORT to a free one.`;
  if (syscall === 'listen' && code === 'EACCES')
    return `this user may not listen on port ${env.PORT || 4000}. Set PORT to one from 1024 on.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return `${error.message}. The data are kept in ${env.DATA_DIR || '.almenara'}, which this user must be able to write; DATA_DIR names another folder.`;
  if (code === 'ENOSPC') return `${error.message}. The data are kept in ${env.DATA_DIR || '.almenara'}.`;
  return error.message;
}
