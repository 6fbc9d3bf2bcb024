import type { Messages } from '../messages.ts';

export const setup = {
  setup: {
    title: 'Te damos la bienvenida',
    lead: 'Aquí todavía no hay ninguna cuenta. Crea la de administración: la tuya.',
    name: 'Tu nombre',
    password_hint: 'Al menos 10 caracteres.',
    submit: 'Crear la cuenta',
    taken: 'Ya existe la cuenta de administración. Inicia sesión.',
  },
} satisfies Partial<Messages>;
