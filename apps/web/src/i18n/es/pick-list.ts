import type { Messages } from '../messages.ts';

export const pickList = {
  pick_list: {
    title: 'Lista de preparación',
    open: 'Lista de preparación',
    print: 'Imprimir',
    none: 'No hay pedidos elegidos. Selecciona algunos en la página de pedidos.',
    nothing: 'No hay nada que recoger para estos pedidos.',
    missing_one: 'No se ha podido cargar {{count}} pedido.',
    missing_other: 'No se han podido cargar {{count}} pedidos.',
    unsent_one: 'Un pedido pendiente de envío no está en esta lista: aún no se sabe de qué estantes sale.',
    unsent_other:
      '{{count}} pedidos pendientes de envío no están en esta lista: aún no se sabe de qué estantes salen.',
    changing_one: 'Un pedido de esta lista tiene cambios pendientes de envío: los estantes pueden ser otros.',
    changing_other:
      '{{count}} pedidos de esta lista tienen cambios pendientes de envío: los estantes pueden ser otros.',
    too_many: 'En una lista caben como mucho {{count}} pedidos.',
    zone: 'Zona {{zone}}',
    no_zone: 'De ninguna estantería',
    done: 'Hecho',
    picked: 'Recogido: {{product}}',
    orders: 'Pedidos',
  },
} satisfies Partial<Messages>;
