select
    ticket_line_id,
    ticket_id,
    product_id,
    line_kind,
    quantity,
    {{ cents_to_amount('unit_price_cents') }} as unit_price
from {{ source('pos', 'ticket_lines') }}
