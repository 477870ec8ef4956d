select
    subscription_id,
    customer_id,
    product_id,
    cadence_weeks,
    status as subscription_status,
    started_at::date as started_on,
    cancelled_at::date as cancelled_on,
    updated_at
from {{ source('shop', 'subscriptions') }}
