select
    dates.month_start,
    count(distinct subscriptions.subscription_id) as active_count,
    count(distinct subscriptions.subscription_id) filter (
        where date_trunc('month', subscriptions.cancelled_on) = dates.month_start
    ) as cancelled_count
from {{ ref('dim_dates') }} as dates
inner join {{ ref('fct_subscriptions') }} as subscriptions
    on dates.date_day >= subscriptions.started_on
    and dates.date_day <= coalesce(subscriptions.cancelled_on, current_date)
group by dates.month_start
