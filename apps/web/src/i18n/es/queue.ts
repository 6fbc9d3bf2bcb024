import type { queue as english } from '../en/queue.ts';
import type { TextsOf } from '../messages.ts';

export const queue: TextsOf<typeof english> = {
  queue: {
    unsent: 'Pendiente de envío',
    kept: 'Guardado en este dispositivo',
    kept_hint: 'Se enviará solo cuando vuelva la conexión.',
    waiting_one: '{{count}} cambio en espera',
    waiting_other: '{{count}} cambios en espera',
    refused_one: '{{count}} cambio necesita tu decisión',
    refused_other: '{{count}} cambios necesitan tu decisión',
    was_refused_one: 'Se rechazó un cambio hecho aquí',
    was_refused_other: 'Se rechazaron {{count}} cambios hechos aquí',
    look: 'Ver',
    all_sent: 'Se han enviado todos los cambios hechos aquí.',
  },
  offline: {
    banner: 'Sin conexión. Así estaba todo el {{time}}.',
    hint: 'Puedes seguir trabajando: los cambios se guardan en este dispositivo y se envían solos.',
    new_version: 'Hay una versión nueva de Almenara.',
    update: 'Usarla ya',
  },
};
