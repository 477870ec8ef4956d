with unit_costs as (

    select
        product_id,
        round(sum(green_cost) / sum(roasted_kg), 4) as cost_per_kg
    from {{ ref('fct_batches') }}
    group by product_id

)

select
    items.order_item_id,
    items.ordered_on,
    items.product_id,
    items.sold_kg,
    unit_costs.cost_per_kg,
    round(items.sold_kg * coalesce(unit_costs.cost_per_kg, 0), 2) as cogs_amount
from {{ ref('fct_order_items') }} as items
left join unit_costs
    on items.product_id = unit_costs.product_id
