select
    subscription_id,
    customer_id,
    product_id,
    subscription_status,
    cadence_weeks,
    started_on,
    cancelled_on,
    days_active,
    monthly_amount,
    subscription_status = 'active' as is_active
from {{ ref('int_subscription_periods') }}
