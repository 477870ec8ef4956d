select
    customer_id,
    city,
    country_code,
    lower(signup_channel) as signup_channel,
    marketing_opt_in,
    created_at,
    updated_at
from {{ source('shop', 'customers') }}
