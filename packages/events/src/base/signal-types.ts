export const SIGNAL_TYPES = ['presence', 'user_connected', 'user_disconnected', 'viewing'] as const;
