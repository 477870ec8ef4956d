select distinct on (customer_id) customer_id, order_id, ordered_at, net_amount
from fct_orders
order by customer_id, ordered_at
