import type { Messages } from '../messages.ts';

export const signIn = {
  sign_in: {
    title: 'Iniciar sesión',
    lead: 'Pedidos, existencias y clientes en todas las pantallas, en el momento en que cambian.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    submit: 'Entrar',
    deactivated: 'Esta cuenta está desactivada. Habla con quien administra.',
    wrong: 'El correo o la contraseña no son correctos.',
    demo: 'Cuentas de demostración (contraseña {{password}})',
    expired: 'Tu sesión se ha cerrado. Entra para seguir donde estabas.',
  },
} satisfies Partial<Messages>;
