select
    products.product_id,
    products.sku,
    products.product_name,
    products.category,
    products.bag_grams,
    products.list_price,
    products.is_active,
    products.origin_code,
    origins.origin_name,
    products.profile_code,
    profiles.profile_name
from {{ ref('stg_shop__products') }} as products
left join {{ ref('dim_origins') }} as origins
    on products.origin_code = origins.origin_code
left join {{ ref('roast_profiles') }} as profiles
    on products.profile_code = profiles.profile_code
