select
    shipments.shipment_no,
    shipments.account_no,
    shipments.article_no,
    shipments.shipped_on,
    shipments.kg,
    prices.price_per_kg,
    prices.discount_pct,
    shipments.kg * prices.price_per_kg as list_amount,
    shipments.kg * prices.price_per_kg * (1 - prices.discount_pct / 100)
        as net_amount
from {{ ref('stg_erp__shipments') }} as shipments
inner join {{ ref('stg_erp__price_lists') }} as prices
    on shipments.price_list_no = prices.price_list_no
    and shipments.article_no = prices.article_no
