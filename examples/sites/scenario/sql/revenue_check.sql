with ledger as (
  select date_trunc('month', invoiced_on)::date as month_start, sum(net_amount) as invoiced
  from analytics_finance.invoices
  group by 1
),
shop as (
  select date_trunc('month', revenue_date)::date as month_start, sum(net_amount_eur) as revenue
  from analytics_finance.fct_revenue
  where channel = 'web'
  group by 1
)
select coalesce(ledger.month_start, shop.month_start) as month_start, ledger.invoiced, shop.revenue
from ledger
full outer join shop using (month_start)
where ledger.invoiced is distinct from shop.revenue
  and coalesce(ledger.month_start, shop.month_start) >>= <[Parameters].[First month]>
