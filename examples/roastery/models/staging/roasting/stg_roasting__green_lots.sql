select
    lot_id,
    origin_code,
    supplier_ref,
    received_kg,
    {{ cents_to_amount('cost_cents_per_kg') }} as cost_per_kg,
    moisture_pct,
    received_at::date as received_on
from {{ source('roasting', 'green_lots') }}
