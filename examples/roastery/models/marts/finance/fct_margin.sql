with revenue as (

    select
        date_trunc('month', revenue_date)::date as month_start,
        sum(net_amount_eur) as revenue_eur
    from {{ ref('fct_revenue') }}
    where channel = 'web'
    group by 1

),

costs as (

    select
        date_trunc('month', ordered_on)::date as month_start,
        sum(cogs_amount) as cogs_eur
    from {{ ref('fct_cogs') }}
    group by 1

)

select
    revenue.month_start,
    revenue.revenue_eur,
    costs.cogs_eur,
    revenue.revenue_eur - costs.cogs_eur as margin_eur
from revenue
inner join costs
    on revenue.month_start = costs.month_start
