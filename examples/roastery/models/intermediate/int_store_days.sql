with sales as (

    select
        store_code,
        sold_on,
        count(distinct ticket_id) as ticket_count,
        sum(net_amount) as net_amount,
        sum(net_amount) filter (where line_kind = 'beans') as beans_amount
    from {{ ref('int_ticket_sales') }}
    group by store_code, sold_on

)

select
    sales.store_code,
    sales.sold_on,
    sales.ticket_count,
    sales.net_amount,
    coalesce(sales.beans_amount, 0) as beans_amount,
    holidays.holiday_name is not null as is_holiday
from sales
left join {{ ref('holidays') }} as holidays
    on extract(month from sales.sold_on) = holidays.month_number
    and extract(day from sales.sold_on) = holidays.day_number
