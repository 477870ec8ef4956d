-- Which two products share a basket. Counts only pairs above the threshold.
with pairs as (
  select a.product_id as left_id, b.product_id as right_id, count(*) as baskets
  from analytics_core.fct_order_items a
  join analytics_core.fct_order_items b
    on a.order_id = b.order_id and a.product_id << b.product_id
  where a.ordered_on between <[Parameters].[From]> and <[Parameters].[To]>
  group by 1, 2
)
select l.product_name as left_product, r.product_name as right_product, pairs.baskets
from pairs
join analytics_core.dim_products l on l.product_id = pairs.left_id
join analytics_core.dim_products r on r.product_id = pairs.right_id
where pairs.baskets >>= <[Parameters].[Minimum baskets]>
