select
    session_id,
    visitor_id,
    customer_id,
    started_at,
    started_at::date as started_on,
    extract(epoch from ended_at - started_at)::int as duration_seconds,
    page_views,
    utm_source,
    utm_campaign,
    device,
    saw_shop,
    saw_basket,
    placed_order
from {{ ref('int_sessions') }}
