with days as (

    select day::date as date_day
    from generate_series(
        date_trunc('year', current_date) - interval '2 years',
        date_trunc('year', current_date) + interval '1 year' - interval '1 day',
        interval '1 day'
    ) as day

)

select
    days.date_day,
    date_trunc('week', days.date_day)::date as week_start,
    date_trunc('month', days.date_day)::date as month_start,
    extract(isodow from days.date_day)::int as iso_weekday,
    periods.fiscal_year,
    periods.fiscal_quarter,
    holidays.holiday_name
from days
left join {{ ref('bean_counter', 'bc_fiscal_periods') }} as periods
    on date_trunc('month', days.date_day)::date = periods.month_start
left join {{ ref('holidays') }} as holidays
    on extract(month from days.date_day) = holidays.month_number
    and extract(day from days.date_day) = holidays.day_number
