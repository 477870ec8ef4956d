select
    customer_id,
    city,
    country_code,
    signup_channel,
    created_at::date as customer_since
from {{ ref('stg_shop__customers') }}
