export const SIGNAL_TYPES = ['user_connected', 'user_disconnected', 'viewing'] as const;
