select
    stores.store_code,
    stores.store_name,
    days.sold_on,
    days.is_holiday,
    days.ticket_count,
    days.net_amount,
    round(days.net_amount / nullif(days.ticket_count, 0), 2) as average_ticket,
    round(days.beans_amount / nullif(days.net_amount, 0), 3) as beans_share
from {{ ref('int_store_days') }} as days
inner join {{ ref('dim_stores') }} as stores
    on days.store_code = stores.store_code
