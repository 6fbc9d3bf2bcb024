export const signIn = {
  sign_in: {
    title: 'Sign in',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    deactivated: 'This account is deactivated. Ask an administrator.',
    wrong: 'Email or password is wrong.',
    demo: 'Demo accounts (password {{password}})',
    expired: 'You were signed out. Sign in to go on where you were.',
    somebody: '{{name}} is signed in in this browser.',
    go_on: 'Go on',
    too_many_one: 'Too many tries. Try again in {{count}} minute.',
    too_many_other: 'Too many tries. Try again in {{count}} minutes.',
  },
};
