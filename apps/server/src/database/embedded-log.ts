/** A line of PostgreSQL's log, and how much it matters to whoever runs the server. */
export interface PostgresLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

const LINE = /^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] +([A-Z]+\d?): +(.*)$/s;
/** The end of one session, which whoever had it tells, and what each is told that asks too early. */
const OF_A_SESSION =
  /^(connection to client lost|terminating connection|the database system is (starting up|shutting down|in recovery mode|not ))/;

/**
 * Reads PostgreSQL's log line by line. A statement that fails (ERROR) is told by whoever sent it, with less of what
 * people have typed. What follows a line to explain it (DETAIL, HINT …) matters as much as the line.
 */
export function postgresLog(tell: (line: PostgresLine) => void): (line: string) => void {
  let level: PostgresLine['level'] = 'info';
  return (line) => {
    const [, severity = '', text = line] = LINE.exec(line) ?? [];
    level = levelOf(severity, text) ?? level;
    tell({ level, text: severity === '' ? line : `${severity}: ${text}` });
  };
}

function levelOf(severity: string, text: string): PostgresLine['level'] | null {
  switch (severity) {
    case 'PANIC':
    case 'FATAL':
      return OF_A_SESSION.test(text) ? 'debug' : 'error';
    case 'WARNING':
      return 'warn';
    case 'LOG':
    // A program that could not be run says so in its own words.
    case '':
      return 'info';
    case 'DETAIL':
    case 'HINT':
    case 'CONTEXT':
    case 'STATEMENT':
    case 'QUERY':
    case 'LOCATION':
      return null;
    default:
      return 'debug';
  }
}
