import type { Messages } from '../messages.ts';

export const savedViews = {
  views: {
    title: 'Vistas',
    none: 'Aún no hay vistas guardadas. Elige filtros y guárdalos con un nombre.',
    save: 'Guardar esta vista',
    save_text: 'Los filtros actuales, con un nombre tuyo, en todos los dispositivos en los que entres.',
    replace: 'Sustituir',
    name: 'Nombre',
    saved: 'Vista «{{name}}» guardada',
    deleted: 'Vista eliminada',
    too_many: 'Ya tienes todas las vistas que caben. Elimina una antes.',
    manage: 'Eliminar vistas',
    delete: 'Eliminar la vista «{{name}}»',
  },
} satisfies Partial<Messages>;
