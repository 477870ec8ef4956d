select
    orders.order_id,
    orders.customer_id,
    orders.order_status,
    orders.ordered_at,
    orders.ordered_on,
    orders.country_code,
    orders.currency_code,
    orders.sales_region,
    orders.item_count,
    orders.sold_kg,
    orders.gross_amount,
    orders.discount_amount,
    orders.shipping_amount,
    orders.net_amount,
    orders.vat_amount,
    orders.ordered_on = customers.first_ordered_on as is_first_order
from {{ ref('int_orders_enriched') }} as orders
left join {{ ref('int_customer_orders') }} as customers
    on orders.customer_id = customers.customer_id
