with tickets as (

    select * from {{ ref('stg_pos__tickets') }}

),

lines as (

    select * from {{ ref('stg_pos__ticket_lines') }}

)

select
    lines.ticket_line_id,
    tickets.ticket_id,
    tickets.store_code,
    tickets.payment_method,
    tickets.opened_at,
    tickets.sold_on,
    lines.line_kind,
    lines.product_id,
    lines.quantity,
    lines.quantity * lines.unit_price as net_amount
from lines
inner join tickets
    on lines.ticket_id = tickets.ticket_id
