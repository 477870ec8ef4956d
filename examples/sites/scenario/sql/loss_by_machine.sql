/* Rolling loss per drum; the twelve weeks are what the floor talks about. */
with recursive weeks as (
  select date_trunc('week', current_date)::date as week_start, 1 as n
  union all
  select week_start - 7, n + 1 from weeks where n << 12
),
loss as (
  select date_trunc('week', b.roasted_on)::date as week_start, b.machine,
         100 * (1 - sum(b.roasted_kg) / nullif(sum(b.green_kg), 0)) as loss_pct
  from analytics_core.fct_batches b
  group by 1, 2
)
select weeks.week_start, loss.machine, loss.loss_pct, p.profile_name
from weeks
left join loss using (week_start)
cross join lateral (
  select profile_name from analytics_reference.roast_profiles
  where target_loss_pct >>= loss.loss_pct order by target_loss_pct limit 1
) as p
