select
    product_id,
    sku,
    product_name,
    category,
    origin_code,
    profile_code,
    bag_grams,
    {{ cents_to_amount('list_price_cents') }} as list_price,
    active as is_active,
    updated_at
from {{ source('shop', 'products') }}
