with lots as (

    select * from {{ ref('stg_roasting__green_lots') }}

),

used as (

    select
        lot_id,
        sum(green_kg) as used_kg,
        max(roasted_on) as last_roasted_on
    from {{ ref('stg_roasting__batches') }}
    group by lot_id

)

select
    lots.lot_id,
    lots.origin_code,
    lots.received_on,
    lots.received_kg,
    coalesce(used.used_kg, 0) as used_kg,
    lots.received_kg - coalesce(used.used_kg, 0) as kg_on_hand,
    lots.cost_per_kg,
    used.last_roasted_on
from lots
left join used
    on lots.lot_id = used.lot_id
