with visits as (

    select
        utm_source,
        count(*) as session_count,
        count(*) filter (where saw_shop) as shop_count,
        count(*) filter (where saw_basket) as basket_count,
        count(*) filter (where placed_order) as order_count
    from {{ ref('fct_sessions') }}
    group by utm_source

),

revenue as (

    select
        utm_source,
        sum(net_amount) as attributed_amount
    from {{ ref('fct_attribution') }}
    group by utm_source

)

select
    visits.*,
    coalesce(revenue.attributed_amount, 0) as attributed_amount
from visits
left join revenue
    on visits.utm_source = revenue.utm_source
