export const queue = {
  queue: {
    unsent: 'Waiting to be sent',
    kept: 'Kept on this device',
    kept_hint: 'It goes out by itself when there is a connection again.',
    waiting_one: '{{count}} change waits',
    waiting_other: '{{count}} changes wait',
    refused_one: '{{count}} change needs you',
    refused_other: '{{count}} changes need you',
    was_refused_one: 'A change made here was refused',
    was_refused_other: '{{count}} changes made here were refused',
    look: 'Look',
    all_sent: 'All changes made here have been sent.',
  },
  offline: {
    banner: 'No connection. This is how things stood on {{time}}.',
    hint: 'You can go on working: changes are kept on this device and go out by themselves.',
    new_version: 'A new version of Almenara is ready.',
    update: 'Use it now',
  },
};
