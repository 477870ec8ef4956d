select
    batches.batch_id,
    batches.roasted_on,
    batches.machine,
    products.product_name,
    products.profile_name,
    batches.cupping_score,
    batches.loss_gap_pct,
    case
        when batches.cupping_score >= 86 then 'outstanding'
        when batches.cupping_score >= 80 then 'specialty'
        when batches.cupping_score >= 75 then 'house'
        else 'below_grade'
    end as quality_grade
from {{ ref('fct_batches') }} as batches
inner join {{ ref('dim_products') }} as products
    on batches.product_id = products.product_id
