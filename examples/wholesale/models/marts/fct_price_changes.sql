select
    price_list_no,
    article_no,
    valid_from,
    price_per_kg,
    price_per_kg - lag(price_per_kg) over (
        partition by article_no
        order by valid_from
    ) as price_change
from {{ ref('stg_erp__price_lists') }}
