select
    account_no,
    sum(iff(due_on >= current_date, open_amount, 0)) as not_yet_due,
    sum(iff(current_date - due_on between 1 and 30, open_amount, 0)) as up_to_30_days,
    sum(iff(current_date - due_on > 30, open_amount, 0)) as over_30_days
from {{ ref('fct_receivables') }}
group by account_no
