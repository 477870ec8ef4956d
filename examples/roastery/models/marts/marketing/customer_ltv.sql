with orders as (

    select
        customer_id,
        sum(net_amount) as order_amount,
        count(*) as order_count
    from {{ ref('fct_orders') }}
    where order_status <> 'cancelled'
    group by customer_id

),

subscriptions as (

    select
        customer_id,
        sum(monthly_amount) filter (where is_active) as monthly_amount
    from {{ ref('fct_subscriptions') }}
    group by customer_id

)

select
    customers.customer_id,
    customers.sales_region,
    customers.signup_channel,
    coalesce(orders.order_count, 0) as order_count,
    coalesce(orders.order_amount, 0) as order_amount,
    coalesce(subscriptions.monthly_amount, 0) as monthly_amount,
    coalesce(orders.order_amount, 0)
    + 12 * coalesce(subscriptions.monthly_amount, 0) as lifetime_value
from {{ ref('dim_customers') }} as customers
left join orders
    on customers.customer_id = orders.customer_id
left join subscriptions
    on customers.customer_id = subscriptions.customer_id
