/** The wire protocol's number. It changes when an old client can no longer talk to a new server. */
export const PROTOCOL = 1;

export const LIMITS = {
  /** Topics in one `subscribe`. */
  topicsPerSubscribe: 200,
  /** Events in one `catch_up`, and at most in one row of an answer. */
  eventsPerRead: 256,
} as const;
