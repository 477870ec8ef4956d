with actuals as (

    select
        store_code,
        date_trunc('month', sold_on)::date as month_start,
        sum(net_amount) as net_amount
    from {{ ref('int_store_days') }}
    group by 1, 2

)

select
    actuals.store_code,
    targets.store_name,
    actuals.month_start,
    actuals.net_amount,
    targets.target_amount,
    round(100.0 * actuals.net_amount / targets.target_amount, 1) as reached_pct
from actuals
inner join {{ ref('store_targets') }} as targets
    on actuals.store_code = targets.store_code
    and extract(month from actuals.month_start) = targets.month_number
