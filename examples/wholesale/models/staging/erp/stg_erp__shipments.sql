select
    shipment_no,
    account_no,
    article_no,
    price_list_no,
    kg,
    shipped_at::date as shipped_on
from {{ source('erp', 'shipments') }}
where not is_void
