select
    customer_id,
    count(*) as order_count,
    min(ordered_on) as first_ordered_on,
    max(ordered_on) as last_ordered_on,
    sum(net_amount) as net_amount,
    count(*) filter (where order_status = 'returned') as returned_count
from {{ ref('int_orders_enriched') }}
where order_status <> 'cancelled'
group by customer_id
