with demand as (

    select
        origin_code,
        sum(green_kg) / 12.0 as weekly_green_kg
    from {{ ref('fct_batches') }}
    where roasted_on >= current_date - 84
    group by origin_code

),

stock as (

    select
        origin_code,
        sum(kg_on_hand) as kg_on_hand
    from {{ ref('fct_inventory') }}
    group by origin_code

)

select
    stock.origin_code,
    stock.kg_on_hand,
    round(demand.weekly_green_kg, 1) as weekly_green_kg,
    round(stock.kg_on_hand / nullif(demand.weekly_green_kg, 0), 1) as weeks_covered
from stock
left join demand
    on stock.origin_code = demand.origin_code
