import type { signIn as english } from '../en/sign-in.ts';
import type { TextsOf } from '../messages.ts';

export const signIn: TextsOf<typeof english> = {
  sign_in: {
    title: 'Iniciar sesión',
    email: 'Correo electrónico',
    password: 'Contraseña',
    submit: 'Entrar',
    deactivated: 'Esta cuenta está desactivada. Habla con quien administra.',
    wrong: 'El correo o la contraseña no son correctos.',
    demo: 'Cuentas de demostración (contraseña {{password}})',
    expired: 'Tu sesión se ha cerrado. Entra para seguir donde estabas.',
    somebody: '{{name}} tiene la sesión abierta en este navegador.',
    go_on: 'Continuar',
    too_many_one: 'Demasiados intentos. Vuelve a probar dentro de {{count}} minuto.',
    too_many_other: 'Demasiados intentos. Vuelve a probar dentro de {{count}} minutos.',
  },
};
