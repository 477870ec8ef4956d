select
    sales.sold_on as revenue_date,
    dates.fiscal_year::int as fiscal_year,
    sales.channel::text as channel,
    sales.country_code::text as country_code,
    sales.sales_count::int as sales_count,
    sales.net_amount::numeric(12, 2) as net_amount,
    round(sales.net_amount * rates.rate_to_eur, 2)::numeric(12, 2)
        as net_amount_eur
from {{ ref('int_daily_sales') }} as sales
inner join {{ ref('dim_dates') }} as dates
    on sales.sold_on = dates.date_day
left join {{ ref('bean_counter', 'bc_fx_rates') }} as rates
    on sales.currency_code = rates.currency_code
