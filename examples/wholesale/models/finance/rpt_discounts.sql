select
    article_no,
    date_trunc('month', shipped_on) as month_start,
    sum(list_amount) as list_amount,
    sum(list_amount - net_amount) as discount_amount
from {{ ref('fct_shipments') }}
group by 1, 2
