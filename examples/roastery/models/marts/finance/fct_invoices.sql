{{ config(alias='invoices') }}

select
    'INV-' || lpad(order_id::text, 6, '0') as invoice_number,
    order_id,
    customer_id,
    ordered_on as invoiced_on,
    ordered_on + 14 as due_on,
    currency_code,
    net_amount,
    vat_amount,
    net_amount + vat_amount + shipping_amount as total_amount
from {{ ref('fct_orders') }}
where order_status in ('shipped', 'delivered', 'returned')
