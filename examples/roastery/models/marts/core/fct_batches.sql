select
    batches.batch_id,
    batches.lot_id,
    batches.product_id,
    batches.origin_code,
    batches.machine,
    batches.roasted_on,
    batches.green_kg,
    batches.roasted_kg,
    batches.loss_pct,
    profiles.target_loss_pct,
    round(batches.loss_pct - profiles.target_loss_pct, 1) as loss_gap_pct,
    batches.cupping_score,
    batches.green_cost,
    batches.cost_per_roasted_kg
from {{ ref('int_batches_costed') }} as batches
left join {{ ref('roast_profiles') }} as profiles
    on batches.profile_code = profiles.profile_code
