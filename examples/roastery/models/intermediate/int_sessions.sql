{{ config(materialized='ephemeral') }}

-- A visit ends after half an hour without a page view.
with views as (

    select
        *,
        viewed_at - lag(viewed_at) over (
            partition by visitor_id
            order by viewed_at
        ) as idle_for
    from {{ ref('stg_web__page_views') }}

),

numbered as (

    select
        *,
        count(*) filter (where idle_for is null or idle_for > interval '30 minutes')
            over (
                partition by visitor_id
                order by viewed_at
                rows unbounded preceding
            ) as session_number
    from views

)

select
    visitor_id || '-' || session_number as session_id,
    visitor_id,
    max(customer_id) as customer_id,
    min(viewed_at) as started_at,
    max(viewed_at) as ended_at,
    count(*) as page_views,
    (array_agg(utm_source order by viewed_at))[1] as utm_source,
    (array_agg(utm_campaign order by viewed_at))[1] as utm_campaign,
    (array_agg(device order by viewed_at))[1] as device,
    bool_or(page_path like '/shop%') as saw_shop,
    bool_or(page_path = '/basket') as saw_basket,
    bool_or(page_path = '/thank-you') as placed_order
from numbered
group by visitor_id, session_number
