import type { activity as english } from '../en/activity.ts';
import type { TextsOf } from '../messages.ts';

export const activity: TextsOf<typeof english> = {
  activity: {
    order_created: '{{client}}: pedido {{number, order}} recibido',
    order_updated: 'Pedido {{number, order}} modificado',
    back_order: '{{client}}: el pedido {{number, order}} espera lo que faltaba',
    filled: 'El pedido {{number, order}} ya tiene {{goods}}',
    filled_packed:
      'El pedido {{number, order}} está embalado y ahora tiene {{goods}}: hay que añadirlo al paquete',
    order_status_changed: 'Pedido {{number, order}}: {{status}}',
    shortage_reported: 'Pedido {{number, order}}, falta: {{missing}} × {{product}}',
    return_recorded: '{{client}} ha devuelto mercancía',
    client_created: 'Cliente {{name}} añadido',
    client_updated: 'Cliente {{name}} modificado',
    client_archived: 'Cliente {{name}} archivado',
    client_merged: 'Cliente {{merged}} unido a {{name}}',
    product_created: 'Producto {{name}} añadido',
    product_updated: 'Producto {{name}} modificado',
    zone_created: 'Zona {{code}} añadida',
    zone_updated: 'La zona {{code}} ahora se llama {{name}}',
    count_started: 'Ha empezado el recuento de {{zone}}',
    count_finished: 'Recuento de {{zone}} terminado',
    count_cancelled: 'Recuento de {{zone}} abandonado',
    count_recorded: '{{product}}: contado',
    stock_low: 'Queda poco de {{product}} en {{zone}}: {{available}}',
    stock_recovered: '{{product}} vuelve a superar su punto de pedido en {{zone}}',
    zone_counted: 'Recuento de la zona {{zone}}',
    receipt: '{{zone}}, entrada: {{quantity}} × {{product}}',
    adjustment: '{{zone}}: {{product}} ajustado en {{quantity}}',
    transfer_in: '{{zone}}, traspaso: {{quantity}} × {{product}}',
    count: '{{zone}}: el recuento de {{product}} corrige {{quantity}}',
    sale: '{{zone}}, venta: {{quantity}} × {{product}}',
    shortage: '{{zone}}, falta: {{quantity}} × {{product}}',
    company_updated: 'Empresa {{name}} modificada',
    system: 'Sistema',
  },
};
