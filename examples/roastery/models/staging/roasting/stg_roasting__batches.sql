select
    batch_id,
    lot_id,
    product_id,
    profile_code,
    machine,
    green_kg,
    roasted_kg,
    cupping_score,
    roasted_at,
    roasted_at::date as roasted_on
from {{ source('roasting', 'batches') }}
