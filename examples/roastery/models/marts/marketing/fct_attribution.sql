-- Last touch: an order belongs to the latest visit of its customer within
-- the week before it.
select distinct on (orders.order_id)
    orders.order_id,
    orders.customer_id,
    orders.ordered_on,
    orders.net_amount,
    coalesce(sessions.utm_source, 'unknown') as utm_source,
    sessions.utm_campaign
from {{ ref('fct_orders') }} as orders
left join {{ ref('fct_sessions') }} as sessions
    on orders.customer_id = sessions.customer_id
    and sessions.started_at between orders.ordered_at - interval '7 days'
    and orders.ordered_at
order by orders.order_id, sessions.started_at desc nulls last
