select
    date_trunc('month', customers.first_ordered_on)::date as cohort_month,
    (orders.ordered_on - customers.first_ordered_on) / 30 as months_since_first,
    count(distinct orders.customer_id) as customer_count,
    sum(orders.net_amount) as net_amount
from {{ ref('fct_orders') }} as orders
inner join {{ ref('int_customer_orders') }} as customers
    on orders.customer_id = customers.customer_id
where orders.order_status <> 'cancelled'
group by 1, 2
