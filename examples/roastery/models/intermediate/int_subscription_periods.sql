with subscriptions as (

    select * from {{ ref('stg_shop__subscriptions') }}

),

products as (

    select * from {{ ref('stg_shop__products') }}

)

select
    subscriptions.subscription_id,
    subscriptions.customer_id,
    subscriptions.product_id,
    subscriptions.subscription_status,
    subscriptions.cadence_weeks,
    subscriptions.started_on,
    subscriptions.cancelled_on,
    coalesce(subscriptions.cancelled_on, current_date) - subscriptions.started_on
        as days_active,
    round(products.list_price * 52 / (12.0 * subscriptions.cadence_weeks), 2)
        as monthly_amount
from subscriptions
inner join products
    on subscriptions.product_id = products.product_id
