-- No lot may have been roasted beyond what was received.
select
    lot_id,
    kg_on_hand
from {{ ref('int_lots_on_hand') }}
where kg_on_hand < 0
