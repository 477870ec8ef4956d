-- Every invoiced amount must equal what the order says was paid.
select
    invoices.invoice_number,
    invoices.net_amount,
    orders.net_amount as order_net_amount
from {{ ref('fct_invoices') }} as invoices
inner join {{ ref('fct_orders') }} as orders
    on invoices.order_id = orders.order_id
where invoices.net_amount <> orders.net_amount
