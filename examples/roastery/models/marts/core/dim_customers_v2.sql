with moves as (

    select
        customer_id,
        count(*) - 1 as address_changes
    from {{ ref('customers_history') }}
    group by customer_id

)

select
    customers.customer_id,
    customers.city,
    customers.country_code,
    countries.country_name,
    countries.sales_region,
    customers.signup_channel,
    customers.marketing_opt_in,
    customers.created_at::date as customer_since,
    coalesce(orders.order_count, 0) as order_count,
    coalesce(moves.address_changes, 0) as address_changes
from {{ ref('stg_shop__customers') }} as customers
left join {{ ref('countries') }} as countries
    on customers.country_code = countries.country_code
left join {{ ref('int_customer_orders') }} as orders
    on customers.customer_id = orders.customer_id
left join moves
    on customers.customer_id = moves.customer_id
