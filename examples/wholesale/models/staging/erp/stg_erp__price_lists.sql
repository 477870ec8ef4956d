select
    price_list_no,
    article_no,
    price_per_kg,
    discount_pct,
    valid_from,
    valid_to
from {{ source('erp', 'price_lists') }}
