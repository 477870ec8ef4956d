select
    sales.ticket_line_id,
    sales.ticket_id,
    sales.store_code,
    stores.city as store_city,
    sales.payment_method,
    sales.sold_on,
    sales.line_kind,
    sales.product_id,
    sales.quantity,
    sales.net_amount
from {{ ref('int_ticket_sales') }} as sales
left join {{ ref('dim_stores') }} as stores
    on sales.store_code = stores.store_code
