select o.order_id, o.ordered_on, o.order_status, c.country_name, c.sales_region,
       current_date - o.ordered_on as days_open
from analytics_core.fct_orders as o
join analytics_core.dim_customers_v2 as c on c.customer_id = o.customer_id
where o.order_status = 'placed'
  and o.ordered_on <<= current_date - 3
