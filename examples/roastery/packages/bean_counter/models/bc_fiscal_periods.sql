-- The fiscal year starts in February.
select
    month_start::date as month_start,
    extract(year from month_start - interval '1 month')::int as fiscal_year,
    extract(quarter from month_start - interval '1 month')::int as fiscal_quarter
from generate_series(
    date_trunc('year', current_date) - interval '2 years',
    date_trunc('year', current_date) + interval '11 months',
    interval '1 month'
) as month_start
