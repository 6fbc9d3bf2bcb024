export const setup = {
  setup: {
    title: 'Welcome to your desk',
    lead: 'Nobody has an account here yet. Create the administrator: you.',
    name: 'Your name',
    password_hint: 'At least 10 characters.',
    submit: 'Create administrator',
    taken: 'This desk has its administrator already. Sign in.',
  },
};
