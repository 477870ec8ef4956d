select
    lots.lot_id,
    lots.origin_code,
    origins.origin_name,
    lots.received_on,
    lots.kg_on_hand,
    round(lots.kg_on_hand * lots.cost_per_kg, 2) as stock_value,
    current_date - lots.received_on as days_in_store
from {{ ref('int_lots_on_hand') }} as lots
left join {{ ref('dim_origins') }} as origins
    on lots.origin_code = origins.origin_code
where lots.kg_on_hand > 0
