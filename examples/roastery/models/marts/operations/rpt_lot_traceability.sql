select
    lots.lot_id,
    lots.supplier_ref,
    lots.origin_code,
    batches.batch_id,
    batches.roasted_on,
    items.order_id,
    items.ordered_on,
    items.quantity
from {{ ref('stg_roasting__green_lots') }} as lots
inner join {{ ref('fct_batches') }} as batches
    on lots.lot_id = batches.lot_id
inner join {{ ref('fct_order_items') }} as items
    on batches.product_id = items.product_id
    and items.ordered_on between batches.roasted_on and batches.roasted_on + 7
