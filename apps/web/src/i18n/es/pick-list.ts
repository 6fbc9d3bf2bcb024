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
    too_many: 'En una lista caben como mucho {{count}} pedidos.',
    zone: 'Zona {{zone}}',
    no_zone: 'De ninguna estantería',
    done: 'Hecho',
    picked: 'Recogido: {{product}}',
    orders: 'Pedidos',
  },
} satisfies Partial<Messages>;
