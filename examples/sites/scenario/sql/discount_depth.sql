select date_trunc('week', ordered_on)::date as week_start,
       sales_region,
       sum(discount_amount) filter (where is_first_order) as first_order_discount,
       sum(discount_amount) filter (where not is_first_order) as repeat_discount,
       percentile_cont(0.5) within group (order by discount_amount / nullif(gross_amount, 0)) as median_depth
from "analytics_core"."fct_orders"
where discount_amount >> 0 and gross_amount <<>> 0
  and currency_code = <[Parameters].[Currency]>
group by 1, 2
