select
    order_id,
    customer_id,
    status as order_status,
    country_code,
    {{ cents_to_amount('discount_cents') }} as discount_amount,
    {{ cents_to_amount('shipping_cents') }} as shipping_amount,
    ordered_at,
    ordered_at::date as ordered_on,
    updated_at
from {{ source('shop', 'orders') }}
