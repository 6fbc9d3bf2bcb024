/** Where each query is asked. Apart from the schemas: a page asks without loading them. */
export const QUERY_PATHS = {
  list_clients: '/api/clients',
  get_client: '/api/clients/{clientId}',
  get_client_figures: '/api/clients/{clientId}/figures',
  list_products: '/api/products',
  get_product: '/api/products/{productId}',
  list_zones: '/api/zones',
  list_levels: '/api/inventory',
  list_movements: '/api/inventory/movements',
  get_stock_history: '/api/products/{productId}/stock-history',
  list_orders: '/api/orders',
  get_order: '/api/orders/{orderId}',
  get_order_history: '/api/orders/{orderId}/history',
  list_returns: '/api/returns',
  list_users: '/api/users',
  get_stats: '/api/stats',
  get_desk_figures: '/api/figures',
} as const;
