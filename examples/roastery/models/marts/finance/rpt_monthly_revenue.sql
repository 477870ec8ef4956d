with revenue as (

    select
        date_trunc('month', revenue_date)::date as month_start,
        channel,
        sum(net_amount_eur) as revenue_eur,
        sum(sales_count) as sales_count
    from {{ ref('fct_revenue') }}
    group by 1, 2

)

select
    revenue.month_start,
    revenue.channel,
    revenue.sales_count,
    revenue.revenue_eur,
    case when revenue.channel = 'web' then margin.margin_eur end as margin_eur
from revenue
left join {{ ref('fct_margin') }} as margin
    on revenue.month_start = margin.month_start
