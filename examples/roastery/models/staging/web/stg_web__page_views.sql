select
    event_id,
    visitor_id,
    customer_id,
    path as page_path,
    coalesce(utm_source, 'direct') as utm_source,
    utm_campaign,
    device,
    collector_tstamp as viewed_at
from {{ source('web', 'page_views') }}
