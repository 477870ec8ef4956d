select
    ticket_id,
    store_code,
    till,
    payment_method,
    opened_at,
    closed_at,
    opened_at::date as sold_on
from {{ source('pos', 'tickets') }}
where closed_at is not null
